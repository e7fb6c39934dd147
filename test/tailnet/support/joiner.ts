import { currentPreferences } from '../../../src/node/daemon/currentPreferences.ts';
import { DaemonReader } from '../../../src/node/daemon/daemonReader.ts';
import { placesToTry } from '../../../src/node/daemon/placesToTry.ts';
import { platformOf } from '../../../src/node/daemon/platformOf.ts';
import { ProgramRunner } from '../../../src/node/daemon/programRunner.ts';
import { KeyFolders } from '../../../src/node/files/keyFolders.ts';
import { hostMachine } from '../../../src/node/hostMachine.ts';
import type { PreferencesRecord } from '../../../src/core/tailnet/join/preferences.ts';
import type { Clock } from '../../../src/services/clock.ts';
import type { DaemonPreferences } from '../../../src/services/tailnet/daemonPreferences.ts';
import { TailnetJoin } from '../../../src/services/tailnet/tailnetJoin.ts';
import { RecordingLog } from '../../unit/support/recordingLog.ts';

const { signal } = new AbortController();

/** The product's own way to log a machine in, without the editor: on the node on which the test runs. */
export class Joiner {
  readonly log = new RecordingLog();
  readonly preferences: DaemonPreferences;
  readonly join: TailnetJoin;
  readonly #reader: DaemonReader;

  /** `program` is Tailscale's; keys are handed over below `keyFolder`. */
  constructor(program: string, keyFolder: string, clock: Clock) {
    const machine = hostMachine();
    const configured = { socketPath: '', cliPath: program };
    this.#reader = new DaemonReader((platform) => placesToTry(platform, configured, ''), this.log, machine);
    const runner = new ProgramRunner({
      platform: () => platformOf(machine),
      configured: () => configured,
      source: () => this.#reader.source,
      machine,
    });
    this.preferences = currentPreferences(this.#reader);
    const keyFiles = new KeyFolders(keyFolder);
    this.join = new TailnetJoin({ program: runner, preferences: this.preferences, keyFiles, clock, log: this.log });
  }

  /** Finds the daemon. */
  async start(): Promise<void> {
    await this.#reader.read(signal);
  }

  /** What the daemon's preferences are now. */
  async now(): Promise<PreferencesRecord> {
    const answer = await this.preferences.read(signal);
    if (answer?.kind !== 'ok') throw new Error(`The preferences cannot be read: ${JSON.stringify(answer)}`);
    return answer.preferences;
  }

  async dispose(): Promise<void> {
    this.join.dispose();
    await this.join.ended;
    await this.#reader.dispose();
  }
}
