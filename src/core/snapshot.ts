import type { HostReport } from './clawql/hostReport.ts';
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
