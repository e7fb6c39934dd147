import type { HostReport } from './clawql/hostReport.ts';
import type { Diagnosis } from './diagnosis/diagnosis.ts';
import type { SeenPath } from './diagnosis/looks.ts';
import type { Worked } from './diagnosis/worked.ts';
import type { Health } from './health.ts';
import type { HostEnvironment } from './hostEnvironment.ts';
import type { Selection } from './mcp/selection.ts';
import type { Settings } from './settings.ts';
import type { TailnetState } from './tailnet/tailnet.ts';
import type { NameLookups } from './tailnet/zone.ts';
import type { Vantage } from './vantage.ts';

/** Everything that rules and views know, at one moment. They read it and never await. */
export interface Snapshot {
  readonly tailnet: TailnetState;
  readonly hosts: readonly HostReport[];
  readonly selection: Selection | undefined;
  readonly health: Health;
  /** The last diagnosis that came to its end, where it was of what is selected now. */
  readonly diagnosis?: Diagnosis | undefined;
  /** How packets reach the selected node; absent before that was seen. */
  readonly path?: SeenPath | undefined;
  /** How the selected server was when it answered last, here or in an earlier window; absent where it never did. */
  readonly worked?: Worked | undefined;
  /** When the selected server was last seen to have lost its sessions, as it does by a restart; epoch milliseconds. */
  readonly restartedAt?: number | undefined;
  readonly lookups: NameLookups;
  /** Suffixes of tailnets in which this machine has been and is not now, to the tailnets' names. */
  readonly otherSuffixes: ReadonlyMap<string, string>;
  readonly settings: Settings;
  readonly vantage: Vantage;
  /** As it was when the extension started, before it set variables of its own. */
  readonly environment: HostEnvironment;
  /** Whether the workspace is trusted: before that no server is asked. */
  readonly trusted: boolean;
}
