/** A switch of ClawQL's server that decides whether it has a tool. */
export interface ToolSwitch {
  /** The variable of the server's environment. */
  readonly variable: string;
  /** The value with which it has the tool. */
  readonly value: string;
  /** Whether the tool is there when the variable is unset. */
  readonly isDefault: boolean;
}

const memory: ToolSwitch = { variable: 'CLAWQL_ENABLE_MEMORY', value: '1', isDefault: true };
const documents: ToolSwitch = { variable: 'CLAWQL_ENABLE_DOCUMENTS', value: '1', isDefault: true };
const optIn = (variable: string): ToolSwitch => ({ variable, value: '1', isDefault: false });

/** Source: ClawQL `docs/readme/configuration.md` ("Feature tiers"), `src/tools.ts`. */
const switches: Readonly<Record<string, ToolSwitch>> = {
  memory_ingest: memory,
  memory_recall: memory,
  ingest_external_knowledge: documents,
  knowledge_search_onyx: optIn('CLAWQL_ENABLE_ONYX'),
  sandbox_exec: optIn('CLAWQL_ENABLE_SANDBOX'),
  schedule: optIn('CLAWQL_ENABLE_SCHEDULE'),
  notify: optIn('CLAWQL_ENABLE_NOTIFY'),
  workflow: optIn('CLAWQL_ENABLE_WORKFLOW'),
  argocd: optIn('CLAWQL_ENABLE_ARGO_CD'),
};

/** Tools of every ClawQL: no switch takes them away, so a server without them is another one or something filters its tools. */
const coreTools: readonly string[] = ['search', 'execute'];

/** The switch of a tool; undefined where it has none, or none that is known. */
export function switchOf(tool: string): ToolSwitch | undefined {
  if (tool.startsWith('ouroboros_')) return optIn('CLAWQL_ENABLE_OUROBOROS');
  return Object.hasOwn(switches, tool) ? switches[tool] : undefined;
}

/** Tools that are there unless somebody takes them away, and are not among these. */
export function missingTools(tools: readonly string[], before: readonly string[] = []): readonly string[] {
  return [...new Set([...coreTools, ...before])].filter((tool) => !tools.includes(tool));
}
