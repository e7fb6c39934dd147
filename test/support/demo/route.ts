/** What becomes of a connection into a tailnet. */
export type Route =
  /** Something listens there: at this port of 127.0.0.1. `node` is the machine's name. */
  | { readonly kind: 'open'; readonly node: string; readonly port: number }
  /** The machine is there, and nothing listens at `address`, which is `IP:PORT`. */
  | { readonly kind: 'refused'; readonly address: string }
  /** The machine is not there: nothing ever answers. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'unknown-name' }
  /** Not a name of the tailnet. */
  | { readonly kind: 'foreign' };

/** `host` as a URL has it. Asked for every connection anew. */
export type Router = (host: string, port: number) => Route;

/** Why there is no connection, in the words of tailscaled's netstack and resolver; a foreign host gets words of our own. */
export function refusalText(route: Exclude<Route, { kind: 'open' | 'silent' }>, host: string): string {
  switch (route.kind) {
    case 'refused':
      return `connect tcp ${route.address}: connection was refused`;
    case 'unknown-name':
      return `lookup ${host}: no such host`;
    case 'foreign':
      return `this proxy reaches the demo tailnet only, and ${host} is not in it`;
  }
}
