import * as vscode from 'vscode';

import type { Answers } from '../../core/routes/asking.ts';
import type { Configuration } from '../../core/routes/configuration.ts';
import { configurationsOf, countingEnvironment, placesToAsk } from '../../core/routes/configurations.ts';
import type { ControlPlaneSeen } from '../../core/routes/controlPlane.ts';
import { mcpHostOf } from '../../core/routes/mcpHost.ts';
import { suppressionsOf } from '../../core/routes/suppressions.ts';
import { needsLookup } from '../../core/tailnet/zoneOf.ts';
import { routesReport, type RoutesReport } from '../../core/views/routes/routesReport.ts';
import type { Later } from '../../services/later.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
import type { TailnetServices } from '../../services/tailnetServices.ts';
import { aboutHere } from '../aboutHere.ts';
import type { Diagnostics } from '../diagnostics/registerDiagnostics.ts';
import { lookUntil } from '../lookUntil.ts';
import { readEnvFiles } from './envFiles.ts';

export interface RoutesParts {
  readonly services: Later<TailnetServices>;
  readonly diagnostics: Later<Diagnostics>;
  readonly snapshots: SnapshotSource;
  readonly editorName: string;
  /** The extension host's own. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Milliseconds for the tailnet's status, and for names; what comes later is in the next look. */
const patience = 2_000;

/**
 * Reads the files, looks names up and asks what may be asked. `note` is told what is known before anything is asked. Undefined where `signal`
 * was aborted meanwhile.
 */
export async function lookAtRoutes(
  parts: RoutesParts,
  signal: AbortSignal,
  note?: (report: RoutesReport) => void,
): Promise<RoutesReport | undefined> {
  const { snapshots, services, diagnostics, editorName } = parts;
  await lookUntil(() => snapshots.current.tailnet.kind !== 'checking', { limit: patience, signal });
  const environment = setVariables(parts.environment);
  const counting = countingEnvironment(environment, mcpHostOf(snapshots.current));
  const [{ files, isCut }, checked] = await Promise.all([readEnvFiles(counting), (await diagnostics.get())?.read()]);
  const concluded = (answers: Answers): readonly Configuration[] =>
    configurationsOf({ snapshot: snapshots.current, files, environment, answers });
  const reportOf = (configurations: readonly Configuration[], controlPlane: ControlPlaneSeen): RoutesReport =>
    routesReport({
      snapshot: snapshots.current,
      configurations,
      controlPlane,
      suppressions: suppressionsOf(snapshots.current.settings, checked?.files ?? []),
      isCut: isCut || checked?.isCut !== false,
      about: aboutHere(editorName),
    });
  if (signal.aborted) return undefined;
  // Every description is parsed for it.
  const first = concluded(new Map());
  const report = reportOf(first, {});
  note?.(report);
  const loaded = await services.get();
  if (loaded === undefined) return report;
  await lookUpNames(loaded, snapshots, first, signal);
  const places = placesToAsk(concluded(new Map()), snapshots.current);
  const [answers, controlPlane] = await Promise.all([loaded.askPlaces(places, signal), loaded.controlPlane(signal)]);
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- another look may have begun while this awaited
  return signal.aborted ? undefined : reportOf(concluded(answers), controlPlane);
}

function setVariables(environment: RoutesParts['environment']): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(environment).flatMap(([name, value]): readonly (readonly [string, string])[] =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

/** The names of which only the system's resolver can tell where they lie. */
async function lookUpNames(
  services: TailnetServices,
  snapshots: SnapshotSource,
  configurations: readonly Configuration[],
  signal: AbortSignal,
): Promise<void> {
  if (!vscode.workspace.isTrusted) return;
  const hosts = configurations
    .flatMap(({ routes, others }) => [...routes, ...others])
    .flatMap(({ target }) => (target.kind === 'url' && !target.isVendor ? [target.host] : []));
  const names = [...new Set(hosts)].filter((host) => needsLookup(host, snapshots.current));
  if (names.length === 0) return;
  services.lookUp(names);
  await lookUntil(() => names.every((name) => snapshots.current.lookups.has(name)), { limit: patience, signal });
}
