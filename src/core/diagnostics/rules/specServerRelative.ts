import { roleNodes } from '../../clawql/roles.ts';
import { serverForm, type SpecServer } from '../../spec/specServer.ts';
import type { SpecUse } from '../../spec/specUse.ts';
import { readerOf } from '../reader.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { fileName } from '../sourceDocument.ts';
import { specRemedy } from '../specRemedy.ts';
import type { ServiceFinding } from '../urlFinding.ts';
import { hostlessFixes } from '../urlFixes.ts';
import { specReference } from '../urlReference.ts';

interface NoAbsoluteServer {
  readonly use: SpecUse;
  /** What is wrong, as a clause. */
  readonly what: string;
  readonly isEmpty: boolean;
  /** What a fix needs; absent where there is no place for a URL. */
  readonly finding?: ServiceFinding;
}

export const specServerRelative: Rule<NoAbsoluteServer> = {
  meta: {
    id: 'spec-server-relative',
    severity: 'error',
    summary: "An API's description gives ClawQL no whole URL to call.",
  },
  check: (context) => {
    const { model } = context;
    if (model.kind !== 'spec' || model.use.coveredBy !== undefined) return [];
    const { spec, use } = model;
    const { counting } = spec;
    if (counting.kind === 'missing') {
      const what = spec.kind === 'swagger2' ? 'This document has no host' : 'This document names no server';
      return [{ span: counting.span, data: { use, what, isEmpty: spec.kind === 'openapi3' } }];
    }
    if (counting.kind !== 'server') return [];
    const { server } = counting;
    const form = serverForm(server);
    if (form !== 'relative' && form !== 'empty') return [];
    const finding = serviceFinding(context, server, use);
    const what = `${server.field} is ${form === 'empty' ? 'empty' : 'no whole URL'}`;
    // Of an empty text there are only the quotes to underline.
    const { span, rawSpan } = server.text;
    return [{ span: form === 'empty' ? rawSpan : span, data: { use, what, isEmpty: form === 'empty', finding } }];
  },
  message: (data) => {
    const { what, use } = data;
    return `${what}, and ${fileName(use.envPath)} sets no URL that counts before it: ClawQL ${effect(data)} ${specRemedy(use)}`;
  },
  fixes: ({ finding }) => (finding === undefined ? [] : hostlessFixes(finding)),
};

function serviceFinding(
  { model: { source }, snapshot, known }: RuleContext,
  server: SpecServer,
  use: SpecUse,
): ServiceFinding {
  const reference = specReference(server, use);
  return {
    source,
    reference,
    reader: readerOf(source, reference),
    knowledge: known.knowledge,
    roleNodes: roleNodes(reference.name, snapshot.tailnet, snapshot.settings.roles),
  };
}

/** Sources: ClawQL 5.0.0 `src/spec-loader.ts` (resolveApiBaseUrl); its HTTP server asks for the URL of the first description when it starts. */
function effect({ isEmpty, use: { index } }: NoAbsoluteServer): string {
  if (!isEmpty) return 'resolves nothing against a file, so execute fails with "Invalid URL".';
  const fails = 'fails with "OpenAPI spec has no servers[0].url"';
  return index === 0 ? `does not start its HTTP server: it ${fails}, as execute does.` : `${fails} in execute.`;
}
