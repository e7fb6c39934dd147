import { isTailscales } from './upArguments.ts';

/** What a user typed as the address of a login server: the address, or what is wrong with it. */
export type LoginServer =
  { readonly kind: 'server'; readonly url: string } | { readonly kind: 'problem'; readonly text: string };

/** Reads the address of a Headscale. Only what means nothing to any shell is taken: it goes into a command line. */
export function loginServer(text: string): LoginServer {
  const url = text.trim();
  if (!/^https?:\/\//i.test(url)) {
    return { kind: 'problem', text: 'Enter an http or https URL, such as https://headscale.example.com' };
  }
  if (!/^[A-Za-z0-9.:/_-]+$/.test(url) || URL.parse(url) === null) {
    return { kind: 'problem', text: 'Enter the URL alone: letters, digits and . : / _ - are what it may hold.' };
  }
  return { kind: 'server', url };
}

/** The command line that logs this machine in at a server, for people to run. */
export function loginCommand({
  server,
  keyExpired,
}: {
  readonly server: string;
  readonly keyExpired: boolean;
}): string {
  return [
    'tailscale up',
    ...(isTailscales(server) ? [] : [`--login-server=${server}`]),
    ...(keyExpired ? ['--force-reauth'] : []),
  ].join(' ');
}
