import { wantsSignIn, type ProbeOutcome } from '../mcp/probeOutcome.ts';
import { portOfUrl } from '../portOfUrl.ts';

/** A ClawQL that answers on this machine's own interface. */
export interface LocalServer {
  readonly port: number;
  /** Where it speaks MCP, such as `/mcp`. */
  readonly path: string;
  /** Name and version as it gives them; absent where it wants to know first who asks. */
  readonly name?: string;
}

/** What a probe of a port of the own interface found; undefined where that is no ClawQL. */
export function localServerOf(outcome: ProbeOutcome): LocalServer | undefined {
  const url = new URL(outcome.url);
  const place = { port: portOfUrl(url), path: url.pathname };
  if (outcome.kind === 'answered') return { ...place, name: `${outcome.server.name} ${outcome.server.version}` };
  return wantsSignIn(outcome) ? place : undefined;
}

/** What Serve is told to hand requests to. */
export function targetOf({ port }: LocalServer): string {
  return `http://127.0.0.1:${port}`;
}
