import type { HostReport } from '../clawql/hostReport.ts';
import type { Proof } from '../mcp/proof.ts';
import type { Selection } from '../mcp/selection.ts';
import type { Settings } from '../settings.ts';
import type { TailnetNode, TailnetState } from '../tailnet/tailnet.ts';
import type { Vantage } from '../vantage.ts';
import type { Looks } from './looks.ts';
import type { Worked } from './worked.ts';

/** What this editor says of itself, as far as it decides whether it can call the server. */
export interface EditorSeen {
  readonly name: string;
  readonly proof: Proof;
  /** The editor has tried to start the server, and holds none of its tools. */
  readonly startedWithoutTools: boolean;
  /** A setting that keeps the editor from servers like this one, such as `chat.mcp.access`, with its value. */
  readonly blockedBy?: { readonly setting: string; readonly value: string };
  /** Where the editor's requests go through a proxy: by which setting or variable, and the proxy's host and port. */
  readonly proxy?: { readonly by: string; readonly to: string };
  /** An entry of the editor's own files that names a variable which the editor does not have. */
  readonly unsetVariable?: { readonly name: string; readonly file: string; readonly key: string };
}

/** Everything from which a verdict on the selected server is concluded, at one moment. */
export interface Evidence {
  readonly selection: Selection;
  readonly tailnet: TailnetState;
  readonly vantage: Vantage;
  readonly settings: Pick<Settings, 'tags'>;
  /** The selected host with what its probes saw; absent where it is none of the hosts any more. */
  readonly report?: HostReport;
  /** The node of the selection or, for an endpoint that the user entered, of its name; absent where the tailnet has none. */
  readonly node?: TailnetNode;
  readonly looks: Looks;
  readonly editor?: EditorSeen;
  /** How it was when it worked last; absent where it never did. */
  readonly worked?: Worked;
  /** The workspace is not trusted, so no server is asked. */
  readonly untrusted?: true;
}
