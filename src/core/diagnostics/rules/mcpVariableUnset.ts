import { ownDialects } from '../../editor.ts';
import { hasVariable } from '../../hostEnvironment.ts';
import { variablesIn } from '../../mcp/expansion.ts';
import { partSpan } from '../../mcp/jsonText.ts';
import { unsupportedReferences } from '../../mcp/references.ts';
import { selectionVariables } from '../../mcp/variables.ts';
import type { Snapshot } from '../../snapshot.ts';
import { vantageText, type Vantage } from '../../vantage.ts';
import { flat } from '../../views/escape.ts';
import { calledServer } from '../calledServer.ts';
import { selectServerFix } from '../fix.ts';
import { mcpStrings } from '../mcpStrings.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';
import { isExample } from '../sourceDocument.ts';

interface UnsetVariable {
  readonly server: string;
  readonly what: string;
  readonly name: string;
  /** Whether this extension sets it once a server is selected. */
  readonly isSelections: boolean;
  readonly vantage: Vantage;
}

export const mcpVariableUnset: Rule<UnsetVariable> = {
  meta: {
    id: 'mcp-variable-unset',
    severity: 'warning',
    summary: 'A ClawQL server of a file that VS Code reads here names a variable that is not set here.',
  },
  check,
  message: ({ server, what, name, isSelections, vantage }) => {
    const machine = flat(vantageText(vantage));
    const remedy = isSelections
      ? 'Choose a host with "ClawQL: Select Tailnet MCP Server…": this extension then sets it.'
      : 'Set it in the environment in which VS Code is started there, then quit and start VS Code again.';
    return `${calledServer(server)} names ${name} in ${flat(what)}, which is not set for VS Code on ${machine}: VS Code puts nothing in its place and does not say so. ${remedy}`;
  },
  fixes: ({ isSelections }) => (isSelections ? [selectServerFix] : []),
};

/** The environment of no other client can be seen from here. */
function check({ model, servers, snapshot }: RuleContext): readonly Finding<UnsetVariable>[] {
  if (model.kind !== 'mcp' || servers.length === 0) return [];
  const { dialect } = model.mcp;
  const isReadHere = model.source.isHere && !isExample(model.source.path) && snapshot.environment.isVSCode;
  if (!isReadHere || !ownDialects('vscode').includes(dialect.id)) return [];
  return servers.flatMap((server) =>
    mcpStrings(server).flatMap(({ string, place, what }) => {
      // What VS Code does not take at all is another rule's.
      if (unsupportedReferences(string.value, dialect, place).length > 0) return [];
      return variablesIn(string.value, 'env').flatMap(({ name, offset, length }) => {
        if (!/^\w+$/.test(name) || isSet(name, snapshot)) return [];
        const isSelections = selectionVariables.has(name);
        const data = { server: server.key, what, name, isSelections, vantage: snapshot.vantage };
        return [{ span: partSpan(string, offset, length), data }];
      });
    }),
  );
}

function isSet(name: string, { environment, selection }: Snapshot): boolean {
  return hasVariable(environment, name) || (selection !== undefined && selectionVariables.has(name));
}
