import type { ClawqlHostOptions } from '../../../support/tailnet/clawqlHost.ts';
import { quick, silent, type Fault, type Scene } from '../fault.ts';

const started =
  (options: ClawqlHostOptions = {}) =>
  ({ lab }: Scene): Promise<void> =>
    lab.clawql('clawql-1').start(options);

/** ClawQL on clawql-1, started with these options for as long as the fault lasts. */
function withOptions(what: string, options: ClawqlHostOptions, rest: Omit<Fault, 'what' | 'make' | 'undo'>): Fault {
  return { what, make: started(options), undo: started(), ...rest };
}

/** Tailscale Serve on plain's port 80, by which ClawQL there, at a port that nobody would guess, is reached below a path. */
const mounted =
  (mount: string, target: string) =>
  async ({ lab }: Scene): Promise<void> => {
    await lab.clawql('plain').start({ port: 3939 });
    await lab.tailscale('plain', 'serve', '--bg', '--http=80', `--set-path=${mount}`, target);
  };

async function unmounted({ lab }: Scene): Promise<void> {
  await lab.tailscale('plain', 'serve', 'reset');
  await lab.clawql('plain').stop();
}

const below =
  (path: string) =>
  ({ nameOf }: Scene): string =>
    `http://${nameOf('plain')}${path}`;

/** What can answer, and is not what was asked for, or is not well. */
export const serverFaults: readonly Fault[] = [
  withOptions(
    'Host filter: MCP_HOST=127.0.0.1',
    { mcpHost: '127.0.0.1' },
    { expect: 'host-filter', remedy: /MCP_HOST/, within: quick },
  ),
  withOptions('403 of a proxy in front', { inFront: 'forbidden' }, { expect: 'forbidden-in-front', within: quick }),
  withOptions('login page', { inFront: 'login-page' }, { expect: 'login-page', cause: /Sign in/, within: quick }),
  withOptions('redirect to a login', { inFront: 'login-redirect' }, { expect: 'login-page', within: quick }),
  withOptions('sign-in wanted', { inFront: 'sign-in' }, { expect: 'wants-sign-in', within: quick }),
  withOptions('another server has the port', { inFront: 'another-server' }, { expect: 'not-clawql', within: quick }),
  withOptions('MCP path is elsewhere', { inFront: 'healthz-only' }, { expect: 'wrong-path', within: quick }),
  withOptions('healthz hangs', { healthzDelay: 600_000 }, { expect: 'server-hangs', within: silent }),
  withOptions('MCP hangs', { mcpDelay: 600_000 }, { expect: 'server-hangs', within: 20_000 }),
  withOptions(
    'vault degraded',
    { degradedVault: '/vault/none' },
    { expect: 'vault-degraded', remedy: /mkdir -p "\/vault\/none"/, within: quick },
  ),
  withOptions(
    'no memory tools any more',
    { withoutTools: ['memory_ingest', 'memory_recall'] },
    { expect: 'tools-missing', cause: /memory_ingest/, remedy: /CLAWQL_ENABLE_MEMORY/, within: quick },
  ),
  withOptions(
    'no tool search',
    { withoutTools: ['search'] },
    { expect: 'tools-missing', cause: /search/, within: quick },
  ),
  {
    what: 'wrong path entered: the server names its own',
    url: ({ nameOf }) => `http://${nameOf('clawql-1')}:8080/sse`,
    expect: 'ok',
    cause: /:8080\/mcp/,
    within: quick,
  },
  {
    what: 'Serve mount, with its path',
    url: below('/clawql/mcp'),
    make: mounted('/clawql', '3939'),
    undo: unmounted,
    expect: 'ok',
    within: quick,
  },
  {
    what: 'Serve mount, without the path behind it',
    url: below('/clawql'),
    make: mounted('/clawql', '3939'),
    undo: unmounted,
    expect: 'ok',
    cause: /\/clawql\/mcp/,
    within: quick,
  },
  {
    what: 'Serve mount, forgotten',
    url: below('/mcp'),
    make: mounted('/clawql', '3939'),
    undo: unmounted,
    expect: 'wrong-path',
    within: quick,
  },
  {
    what: 'Serve mount of the MCP path alone',
    url: below('/mcp'),
    make: mounted('/mcp', 'http://127.0.0.1:3939/mcp'),
    undo: unmounted,
    expect: 'ok',
    within: quick,
  },
];
