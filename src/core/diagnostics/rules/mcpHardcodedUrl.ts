import { sameEndpoint } from '../../clawql/sameEndpoint.ts';
import { isWritten, type WrittenDialect } from '../../mcp/dialect.ts';
import { parseAddress } from '../../tailnet/address.ts';
import { flat } from '../../views/escape.ts';
import { calledServer } from '../calledServer.ts';
import type { ClawqlReference } from '../clawqlReference.ts';
import type { Fix } from '../fix.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';
import { fileName } from '../sourceDocument.ts';
import { setReference } from '../urlReference.ts';
import { variableForms } from '../variableForms.ts';

interface HardcodedUrl {
  readonly reference: ClawqlReference;
  readonly dialect: WrittenDialect;
  readonly file: string;
  /** Whether the variable, once it follows the selection, still leads where the URL leads. */
  readonly keepsItsTarget: boolean;
}

export const mcpHardcodedUrl: Rule<HardcodedUrl> = {
  meta: {
    id: 'mcp-hardcoded-url',
    severity: 'information',
    summary: "An MCP file that git tracks holds the name of a tailnet host where the client's variable could stand.",
  },
  check,
  message: ({ reference: { name, target }, dialect, file }) =>
    `${calledServer(name)} holds the name of ${flat(target.host)}, and git tracks ${flat(file)}: everybody who gets the file ` +
    'learns that name, and the entry does not follow when another server is selected. ' +
    `Name the variable ${dialect.written.variable.name} in its place.`,
  fixes,
};

function check({ model, references, snapshot }: RuleContext): readonly Finding<HardcodedUrl>[] {
  const { source } = model;
  if (source.tracking !== 'tracked' || !source.inWorkspace) return [];
  return references.flatMap((reference) => {
    const { role, span, zone, target } = reference;
    if (role.kind !== 'mcp-server' || !isWritten(role.dialect)) return [];
    // A literal address, and a name that leads out of the tailnet too, are worse things, which other rules report.
    const isName = parseAddress(target.host) === undefined;
    if (zone.kind !== 'tailnet' || zone.alsoPublic !== undefined || !isName) return [];
    const { selection, hosts } = snapshot;
    const keepsItsTarget = selection === undefined || sameEndpoint(selection.url, target.url.href, hosts);
    return [{ span, data: { reference, dialect: role.dialect, file: fileName(source.path), keepsItsTarget } }];
  });
}

function fixes({ reference, dialect, keepsItsTarget }: HardcodedUrl): readonly Fix[] {
  return variableForms(dialect, [reference.target.url.href]).flatMap(({ name, text, url }) => {
    const edits = setReference(reference, text, url);
    const title = `Use the variable ${name}, which must then lead to this host`;
    return edits === undefined ? [] : [{ kind: 'edit', title, isPreferred: keepsItsTarget, edits }];
  });
}
