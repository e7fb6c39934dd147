import { isWritten, type Dialect } from '../../mcp/dialect.ts';
import { replacePart } from '../../mcp/jsonEdits.ts';
import { partSpan } from '../../mcp/jsonText.ts';
import { shownReference } from '../../mcp/shownUrl.ts';
import { flat } from '../../views/escape.ts';
import { calledServer } from '../calledServer.ts';
import { selectServerFix, type Fix } from '../fix.ts';
import { provedHosts, type KnownHost } from '../knownHosts.ts';
import { mcpStrings, type McpString } from '../mcpStrings.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';
import { unsupportedVariables, type UnsupportedVariable } from '../unsupportedVariable.ts';
import { useVariable, variableForms } from '../variableForms.ts';

interface UnsupportedFinding {
  readonly server: string;
  readonly dialect: Dialect;
  readonly at: McpString;
  readonly found: UnsupportedVariable;
  readonly hosts: readonly KnownHost[];
  readonly isHere: boolean;
}

export const mcpVariableUnsupported: Rule<UnsupportedFinding> = {
  meta: {
    id: 'mcp-variable-unsupported',
    severity: 'error',
    summary: 'A ClawQL server refers to a variable in a way that its client does not take there.',
  },
  check,
  message: (data) => `${calledServer(data.server)}, ${flat(data.at.what)}: ${sentences(data)}`,
  fixes,
};

function check({ model, servers, known: { knowledge } }: RuleContext): readonly Finding<UnsupportedFinding>[] {
  if (model.kind !== 'mcp' || servers.length === 0) return [];
  const { mcp, source } = model;
  const known = { dialect: mcp.dialect, hosts: provedHosts(knowledge), isHere: source.isHere };
  return servers.flatMap((server) =>
    mcpStrings(server).flatMap((at) =>
      unsupportedVariables(at, mcp).map((found) => ({
        span: partSpan(at.string, found.offset, found.length),
        ...(found.kind === 'input' ? { severity: 'information' as const } : {}),
        data: { ...known, server: server.key, at, found },
      })),
    ),
  );
}

function sentences({ found, dialect: { client, expansion } }: UnsupportedFinding): string {
  switch (found.kind) {
    case 'whole-url':
      return `${found.reason}. It leaves the server out; before 1.138 it leaves out every server of the file.`;
    case 'reference':
      return expansion === 'none'
        ? `${flat(found.reason)}, nor any other variable: put the value itself there.`
        : `${flat(found.reason)}. It is sent as it stands.`;
    case 'text':
      return `${found.reason}: what looks like a variable there is none to it.`;
    case 'input':
      return `this file declares no input "${flat(shownReference(found.id))}", so ${client} does not know what to ask for. Declare it under "inputs", beside the servers.`;
  }
}

function fixes(finding: UnsupportedFinding): readonly Fix[] {
  const { found, at } = finding;
  if (found.kind === 'whole-url') return wholeUrlFixes(finding);
  if (found.kind !== 'reference' || found.replacement === undefined) return [];
  const { text, losesDefault } = found.replacement;
  const edits = [replacePart(at.string, found.offset, found.length, text)];
  return [{ kind: 'edit', title: `Write ${text}`, isPreferred: !losesDefault, isSafe: !losesDefault, edits }];
}

function wholeUrlFixes({ dialect, at, hosts, isHere }: UnsupportedFinding): readonly Fix[] {
  if (!isWritten(dialect)) return [];
  const urls = hosts.map(({ url }) => url);
  const isProved = hosts.length === 1 && isHere;
  const edits = variableForms(dialect, urls).map((form): Fix => {
    const edit = replacePart(at.string, 0, at.string.value.length, form.text);
    return { kind: 'edit', title: useVariable(form, isProved), isPreferred: isProved, edits: [edit] };
  });
  return edits.length > 0 ? edits : [selectServerFix];
}
