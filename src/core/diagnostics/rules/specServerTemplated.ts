import { serverForm, variablesIn, withDefaults, type SpecServer } from '../../spec/specServer.ts';
import type { SpecUse } from '../../spec/specUse.ts';
import { flat } from '../../views/escape.ts';
import type { Rule } from '../rule.ts';
import { specRemedy } from '../specRemedy.ts';
import { setReference, specReference } from '../urlReference.ts';

interface TemplatedServer {
  readonly server: SpecServer;
  readonly use: SpecUse;
}

export const specServerTemplated: Rule<TemplatedServer> = {
  meta: {
    id: 'spec-server-templated',
    severity: 'warning',
    summary: "The server's URL in an API's description holds variables, which ClawQL does not replace.",
  },
  check: ({ model }) => {
    if (model.kind !== 'spec' || model.use.coveredBy !== undefined) return [];
    const { use, spec } = model;
    if (spec.counting.kind !== 'server' || serverForm(spec.counting.server) !== 'templated') return [];
    const { server } = spec.counting;
    return [{ span: server.text.span, data: { server, use } }];
  },
  message: ({ server, use }) =>
    `${server.field} holds ${names(server)}, which ClawQL does not replace: ${effect(server)} ${specRemedy(use)}`,
  fixes: ({ server, use }) => {
    const url = withDefaults(server);
    const edits = url === undefined ? undefined : setReference(specReference(server, use), url, url);
    if (edits === undefined) return [];
    return [{ kind: 'edit', title: `Use the default of ${names(server)}`, isPreferred: true, edits }];
  },
};

/** Names as the document gives them, as long as they are names. */
function names({ url }: SpecServer): string {
  const all = variablesIn(url).map((name) => (/^[\w.-]{1,64}$/.test(name) ? `{${name}}` : '{…}'));
  return flat(all.join(' and '));
}

function effect({ url }: SpecServer): string {
  const host = /^\s*(?:[a-z][a-z\d+.-]*:)?\/\/(?<host>[^/?#]*)/i.exec(url)?.groups?.['host'];
  if (host === undefined) return 'execute fails with "Invalid URL".';
  return host.includes('{')
    ? 'execute looks for a host with braces in its name, which there is not (ENOTFOUND).'
    : 'execute calls a path with braces in it.';
}
