import type { EnvEntry } from '../../dotenv/envDocument.ts';
import { setEnvValue } from '../../dotenv/envEdits.ts';
import type { Fix } from '../fix.ts';
import { runsClawqlHere } from '../knownHosts.ts';
import { variableReader } from '../reader.ts';
import type { Rule } from '../rule.ts';
import { atMostFor } from '../urlFinding.ts';

interface LocalMcpHost {
  readonly entry: EnvEntry;
  /** Whether this machine is one that the tailnet is to reach. */
  readonly isHost: boolean;
}

/** Source: the MCP SDK's `express.js`: for these alone it checks the Host header. Any other value admits every name. */
const localHosts: readonly string[] = ['127.0.0.1', 'localhost', '::1'];

export const envMcpHost: Rule<LocalMcpHost> = {
  meta: {
    id: 'env-mcp-host',
    severity: 'warning',
    summary: "MCP_HOST makes ClawQL refuse every request that comes by the machine's name in the tailnet.",
  },
  check({ model, snapshot }) {
    if (model.kind !== 'env') return [];
    const { own, source } = model;
    const entry = own.find(({ name, value }) => name === 'MCP_HOST' && localHosts.includes(value));
    if (entry === undefined) return [];
    const isHost = source.isHere && runsClawqlHere(snapshot);
    const severity = atMostFor(variableReader(source, 'server'), 'warning');
    return [{ span: entry.valueSpan, severity, data: { entry, isHost } }];
  },
  message: ({ entry, isHost }) =>
    [
      `With MCP_HOST=${entry.value} ClawQL answers 403 "Invalid Host" to every request that names the machine by its name or address in the tailnet, through Tailscale Serve too.`,
      'It listens on all interfaces either way.',
      isHost
        ? 'This machine is a ClawQL host of the tailnet: set 0.0.0.0.'
        : 'Set 0.0.0.0 if the tailnet is to reach this ClawQL.',
    ].join(' '),
  fixes({ entry, isHost }): readonly Fix[] {
    const edit = setEnvValue(entry, '0.0.0.0');
    return edit === undefined ? [] : [{ kind: 'edit', title: 'Use 0.0.0.0', isPreferred: isHost, edits: [edit] }];
  },
};
