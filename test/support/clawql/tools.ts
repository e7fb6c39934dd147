import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import * as z from 'zod';
import { audit } from './audit.ts';
import type { AuditEntry } from './audit.ts';
import { cache } from './cache.ts';
import { operations, searchOperations } from './operations.ts';
import type { VaultStatus } from './vault.ts';

/** What the tools of one server share: the cache and the audit trail live as long as the server, not the session. */
export interface ToolState {
  /** Which host answers: it stands in the `specLabel` of every search result. */
  readonly name: string;
  readonly vault: VaultStatus;
  /** Names of tools that this server does not have. */
  readonly without: readonly string[];
  readonly cache: Map<string, string>;
  readonly audit: AuditEntry[];
}

const noVaultError = 'Obsidian vault is not configured. Set CLAWQL_OBSIDIAN_VAULT_PATH to a writable directory.';

function json(value: unknown, indent?: number): CallToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(value, null, indent) }] };
}

/** ClawQL's seven tools as it registers them: no descriptions, no annotations (src/tools.ts). */
export function registerTools(server: McpServer, state: ToolState): void {
  const register = registrar(server, state.without);
  register(
    'search',
    { inputSchema: { query: z.string(), limit: z.number().int().min(1).max(50).default(5) } },
    ({ query, limit }) => search(state.name, query, limit),
  );
  register(
    'execute',
    {
      inputSchema: {
        operationId: z.string(),
        args: z.record(z.string(), z.unknown()),
        fields: z.array(z.string()).optional(),
      },
    },
    ({ operationId, args }) => execute(state.name, operationId, args),
  );
  if (!state.vault.degraded) {
    register('memory_ingest', { inputSchema: { title: z.string().min(1), insights: z.string().optional() } }, () =>
      json({ ok: false, error: noVaultError }, 2),
    );
    register(
      'memory_recall',
      { inputSchema: { query: z.string().min(1), limit: z.number().int().min(1).max(50).optional() } },
      () => json({ ok: false, error: noVaultError }, 2),
    );
  }
  register(
    'ingest_external_knowledge',
    { inputSchema: { source: z.string().optional(), dryRun: z.boolean().optional() } },
    () => json({ ok: true, stub: true, enabled: false, vaultConfigured: state.vault.configured, roadmap: [] }, 2),
  );
  register(
    'cache',
    {
      inputSchema: {
        operation: z.enum(['set', 'get', 'delete', 'list', 'search']),
        key: z.string().max(2048).optional(),
        value: z.string().optional(),
        query: z.string().max(512).optional(),
      },
    },
    (input) => json(cache(state.cache, input), 2),
  );
  register(
    'audit',
    {
      inputSchema: {
        operation: z.enum(['append', 'list', 'clear']),
        category: z.string().max(64).optional(),
        action: z.string().max(128).optional(),
        summary: z.string().max(512).optional(),
      },
    },
    (input) => json(audit(state.audit, input), 2),
  );
}

/** Registers tools but for those that are left out. */
function registrar(server: McpServer, without: readonly string[]): McpServer['registerTool'] {
  return (name, config, handler) => {
    const tool = server.registerTool(name, config, handler);
    if (without.includes(name)) tool.remove();
    return tool;
  };
}

function search(name: string, query: string, limit: number): CallToolResult {
  const found = searchOperations(query, limit);
  if (found.length === 0) return json({ results: [], message: 'No matching operations found.' });
  const results = found.map(({ operation: { id, method, path, description, resource, parameters }, score }) => ({
    id,
    method,
    path,
    description,
    resource,
    parameters,
    requestBody: null,
    responseSchema: null,
    score,
    specLabel: name,
  }));
  return json({ results }, 2);
}

/** Mostly an error of `execute` is no `isError`; only what ClawQL throws is, and then the text is plain. */
function execute(name: string, operationId: string, args: Record<string, unknown>): CallToolResult {
  const operation = operations.find(({ id }) => id === operationId);
  switch (operation?.ending) {
    case undefined:
      return json({ error: `Unknown operationId: "${operationId}". Use search() to find valid operation IDs.` });
    case 'answers':
      return json({ specLabel: name, operationId, args }, 2);
    case 'fails':
      return json({
        error: 'HTTP 503 Service Unavailable',
        fallbackError: 'REST 503: upstream unavailable',
        hint: 'GraphQL execution failed and REST fallback also failed.',
      });
    case 'has no valid URL':
      throw new Error('Invalid URL');
  }
}
