import { hostname } from 'node:os';

import { Agent, fetch as undiciFetch } from 'undici';

import { systemClock } from '../services/clock.ts';
import { errorText, type Log } from '../services/log.ts';
import type { SelectionService } from '../services/selectionService.ts';
import type { SnapshotStore } from '../services/snapshotStore.ts';
import type { Storage } from '../services/storage.ts';
import { TailnetServices } from '../services/tailnetServices.ts';
import { NetworkExaminer } from './examiner/networkExaminer.ts';
import { OwnMachine } from './exposure/ownMachine.ts';
import { directHealthz } from './mcp/directHealthz.ts';
import { currentPreferences } from './daemon/currentPreferences.ts';
import { DaemonReader } from './daemon/daemonReader.ts';
import { placesToTry, type ConfiguredDaemon } from './daemon/placesToTry.ts';
import { platformOf } from './daemon/platformOf.ts';
import { ProgramRunner } from './daemon/programRunner.ts';
import { KeyFolders } from './files/keyFolders.ts';
import { hostMachine } from './hostMachine.ts';
import { EndpointProber } from './mcp/endpointProber.ts';
import type { Fetch } from './mcp/exchange.ts';
import { KeptSessions } from './mcp/keptSession.ts';
import { NameGuard } from './mcp/nameGuard.ts';
import { ToolSessions } from './mcp/toolSessions.ts';
import { ownInterface } from './ownInterface.ts';
import { resolveBySystem } from './systemResolver.ts';

export interface NetworkOptions {
  /** The extension's version, told to the servers as that of the client. */
  readonly version: string;
  readonly snapshots: SnapshotStore;
  readonly selection: SelectionService;
  /** Kept for all windows. */
  readonly storage: Storage;
  readonly log: Log;
}

/**
 * Everything that speaks network and the services that watch the tailnet through it: the entry of the one file that is loaded after
 * activation. They run from here on, until disposed.
 */
export function startNetwork({ version, snapshots, selection, storage, log }: NetworkOptions): TailnetServices {
  const machine = hostMachine();
  const configured = (): ConfiguredDaemon => {
    const { settings } = snapshots.current;
    return { socketPath: settings['tailscale.socketPath'], cliPath: settings['tailscale.cliPath'] };
  };
  const reader = new DaemonReader((platform) => placesToTry(platform, configured(), machine.env['PATH']), log, machine);
  const program = new ProgramRunner({
    platform: () => platformOf(machine),
    configured,
    source: () => reader.source,
    machine,
  });
  const direct = new Agent({ connect: { timeout: 4_000 } });
  const directFetch: Fetch = (url, init) => undiciFetch(url, { ...init, dispatcher: direct });
  // The extension host replaces the global fetch by one with the editor's proxy settings and certificates: looked up at each call.
  const editorFetch: Fetch = (url, init) => globalThis.fetch(url, init);
  const guard = new NameGuard();
  const keyFiles = new KeyFolders();
  keyFiles.removeLeft().catch((error: unknown) => {
    log.warn(`whether a pre-auth key was left in a file could not be seen: ${errorText(error)}`);
  });
  const prober = new EndpointProber(editorFetch, directFetch, version, guard);
  const ports = {
    reader,
    program,
    preferences: currentPreferences(reader),
    keyFiles,
    // WSL has its Windows machine's name.
    machineName: `${hostname()} (${process.platform})`,
    loopback: ownInterface(),
    prober,
    examiner: new NetworkExaminer({
      daemon: reader,
      prober,
      direct: (url, signal) => directHealthz(directFetch, url, signal),
    }),
    exposure: new OwnMachine(directFetch),
    sessions: new KeptSessions(editorFetch, version, guard),
    tools: new ToolSessions(editorFetch, version, guard),
    resolve: resolveBySystem,
    storage,
    async dispose() {
      await Promise.all([reader.dispose(), direct.destroy()]);
    },
  };
  const services = new TailnetServices(ports, snapshots, selection, systemClock, log);
  services.start();
  return services;
}
