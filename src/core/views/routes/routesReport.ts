import type { Configuration } from '../../routes/configuration.ts';
import type { ControlPlaneSeen } from '../../routes/controlPlane.ts';
import { controlPlaneOf } from '../../routes/controlPlane.ts';
import { isHostHere, mcpHostOf, type McpHost } from '../../routes/mcpHost.ts';
import type { Suppression } from '../../routes/suppressions.ts';
import type { Snapshot } from '../../snapshot.ts';
import { hostFunnel } from './hostFunnel.ts';
import { controlPlaneFacts } from './controlPlaneText.ts';
import { hostSection, type HostSection } from './hostSection.ts';
import { narratives, type Narrative } from './narratives.ts';
import { operatorFields, type OperatorField } from './operatorFields.ts';
import { configurationText, type ConfigurationText } from './routeRows.ts';
import { zoneWord, type ZoneWord } from './zoneWord.ts';
import { routeWarnings } from './routeWarnings.ts';
import { vantageText } from '../../vantage.ts';
import { flat } from '../escape.ts';
import { withoutSecrets } from '../withoutSecrets.ts';
import { peersOutside } from './peersOutside.ts';
import { suppressionText, type SuppressionText } from './suppressionText.ts';
import type { Said } from './said.ts';

/** What *Show Where execute Sends Traffic* says, in words; whoever draws it escapes it. The same input gives the same report. */
export interface RoutesReport {
  /** How many destinations lie where, in one sentence. */
  readonly summary: string;
  readonly warnings: readonly Said[];
  /** What bounds all of it. */
  readonly caveats: readonly string[];
  readonly host: HostSection;
  readonly configurations: readonly ConfigurationText[];
  readonly controlPlane: readonly string[];
  readonly suppressions: readonly SuppressionText[];
  readonly operator: readonly OperatorField[];
  readonly narratives: readonly Narrative[];
  readonly about: string;
}

export interface ReportInput {
  readonly snapshot: Snapshot;
  readonly configurations: readonly Configuration[];
  readonly controlPlane: ControlPlaneSeen;
  readonly suppressions: readonly Suppression[];
  /** Whether the files were looked through to the end. */
  readonly isCut: boolean;
  readonly about: string;
}

export function routesReport(input: ReportInput): RoutesReport {
  const { snapshot, configurations, suppressions, about } = input;
  const { vantage, settings } = snapshot;
  const host = mcpHostOf(snapshot);
  const hosting = hostSection(host, snapshot);
  const secrets = { loginPages: [], peers: peersOutside(configurations, snapshot) };
  const shown = (text: string): string => withoutSecrets(text, secrets);
  const plane = controlPlaneOf(snapshot, input.controlPlane);
  return {
    summary: summaryOf(configurations),
    warnings: [...funnelWarning(host, snapshot), ...configurations.flatMap(routeWarnings)],
    caveats: caveatsOf(input),
    host: hosting,
    configurations: configurations.map((one) => configurationText(one, vantage)),
    controlPlane: controlPlaneFacts(plane, input.controlPlane),
    suppressions: suppressions.map((one) => suppressionText(one, shown)),
    operator: operatorFields(settings.account, shown),
    narratives: narratives({ configurations, hostHop: hosting.hop, host, plane, snapshot }),
    about,
  };
}

function funnelWarning(host: McpHost, snapshot: Snapshot): readonly Said[] {
  const funnel = hostFunnel(host, snapshot);
  if (funnel.kind !== 'published') return [];
  const text = `Funnel publishes the MCP host to the internet at ${funnel.place}: whoever has the address gets to all that stands here. "ClawQL: Check What This MCP Host Exposes" turns it off.`;
  return [{ text }];
}

function summaryOf(configurations: readonly Configuration[]): string {
  const targets = configurations.flatMap(({ routes, others }) => [...routes, ...others]).map(({ target }) => target);
  if (targets.length === 0) {
    return "No .env of this workspace configures ClawQL's server, and neither does the environment of this editor.";
  }
  const count = (kind: ZoneWord['kind']): number => targets.filter((target) => zoneWord(target).kind === kind).length;
  const parts = [
    [count('inside'), 'in the tailnet'],
    [count('host'), 'on the MCP host itself'],
    [count('outside'), 'outside of the tailnet'],
    [count('unknown'), 'not known'],
    [count('nowhere'), 'nowhere'],
  ] as const;
  const said = parts.flatMap(([number, where]) => (number === 0 ? [] : [`${number} ${where}`]));
  return `${targets.length} ${targets.length === 1 ? 'destination' : 'destinations'}: ${said.join(', ')}.`;
}

function caveatsOf({ snapshot, configurations, isCut }: ReportInput): readonly string[] {
  const host = mcpHostOf(snapshot);
  const from = flat(vantageText(snapshot.vantage));
  const isElsewhere = !isHostHere(host);
  return [
    ...(configurations.length === 0
      ? []
      : [
          'This is what these files say for a ClawQL that runs in their folder. By which files a running server was started cannot be seen from outside of it.',
        ]),
    isElsewhere
      ? 'The MCP host is another machine: the environment of its server is not known here, and a variable that is set there counts where the .env has none of that name. A .env beside the program of ClawQL itself counts last.'
      : 'Variables of the environment are those of this editor: a ClawQL that is started elsewhere, or by an MCP configuration with an env of its own, has others. A .env beside the program of ClawQL itself counts last, and is not known here.',
    `Zones and answers are as seen from ${from}, and can be others from the MCP host.`,
    'Not listed: the databases that the server uses (CLAWQL_VECTOR_DATABASE_URL, CLAWQL_OUROBOROS_DATABASE_URL), and what it calls without a variable that says where: with CLAWQL_VECTOR_BACKEND, a vault and a key, notes go to https://api.openai.com/v1 unless CLAWQL_EMBEDDING_BASE_URL names another place.',
    'ClawQL follows redirects, so that an answer can send a request on to another host; and it puts the arguments of an operation into the query of the URL too, where logs can hold them.',
    ...(snapshot.tailnet.kind === 'running'
      ? []
      : ['No tailnet is visible from here now, so what lies in it is not known.']),
    ...(isCut
      ? [
          'Not all files of this workspace could be looked through, so that suppressions and configurations may be missing here.',
        ]
      : []),
  ];
}
