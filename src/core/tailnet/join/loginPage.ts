import { isTailscales } from './upArguments.ts';

/** A page at which people let a machine in. */
export interface LoginPage {
  readonly url: string;
  /** Name or address, with its port. */
  readonly host: string;
  /** It is the login server's own, or one of Tailscale's for Tailscale's service: where the user chose to log in. */
  readonly isExpected: boolean;
}

/** Reads the address of a page that a daemon names for a login at `server`; undefined where it is no page: nothing else is opened, whatever a daemon says. */
export function loginPage(authUrl: string, server: string): LoginPage | undefined {
  const url = URL.parse(authUrl);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return undefined;
  const isOwn = url.host === URL.parse(server)?.host;
  const isTailscale = url.protocol === 'https:' && /^(?:[\w-]+\.)*tailscale\.com$/.test(url.host);
  return { url: url.href, host: url.host, isExpected: isTailscales(server) ? isTailscale : isOwn };
}
