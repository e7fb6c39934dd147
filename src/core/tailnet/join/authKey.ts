/** What a user typed as a key that lets a machine in: the key, or what is wrong with it. No text of a problem repeats what was typed. */
export type AuthKey =
  { readonly kind: 'key'; readonly key: string } | { readonly kind: 'problem'; readonly text: string };

/**
 * The forms in which auth keys come. Sources: https://tailscale.com/kb/1277/key-prefixes; headscale `hscontrol/db/preauth_keys.go` (from
 * 0.28 on `hskey-auth-`, before that 24 bytes as hexadecimal digits).
 */
const forms = {
  tailscale: /^tskey-auth-[A-Za-z0-9]+-[A-Za-z0-9]+$/,
  headscale: /^(?:hskey-auth-[A-Za-z0-9_-]{24,}|[0-9a-f]{48})$/,
} as const;

/** Keys of other kinds, by their beginnings, with what to do in their place. */
const otherKinds: readonly (readonly [RegExp, string])[] = [
  [
    /^tskey-api-/,
    'This is an API access token, which lets no machine in. Generate an auth key in the admin console, under Settings, Keys.',
  ],
  [
    /^tskey-client-/,
    'This is the secret of an OAuth client, which makes keys. Generate an auth key in the admin console, under Settings, Keys.',
  ],
  [/^tskey-(?!auth-)[a-z]+-/, 'This is a key of another kind. An auth key of Tailscale begins with tskey-auth-'],
  [
    /^hskey-api-/,
    'This is an API key of Headscale, which lets no machine in. Its administrator makes a pre-auth key with: headscale preauthkeys create',
  ],
  [
    /^hskey-(?:reg|authreq)-/,
    'This is the name of a login that waits, and no key: its administrator approves it. A pre-auth key begins with hskey-auth-',
  ],
];

/** Reads a pre-auth key. `isTailscale`: it is for Tailscale's own service. Only the form is looked at; whether it lets anyone in, the server says. */
export function authKey(text: string, isTailscale: boolean): AuthKey {
  const key = text.trim();
  const other = otherKinds.find(([form]) => form.test(key));
  if (other !== undefined) return { kind: 'problem', text: other[1] };
  const isHeadscales = forms.headscale.test(key);
  if (isHeadscales && isTailscale) {
    return {
      kind: 'problem',
      text: "This is a key of a Headscale. One of Tailscale's own service begins with tskey-auth-",
    };
  }
  if (isHeadscales || forms.tailscale.test(key)) return { kind: 'key', key };
  const own = isTailscale ? 'It begins with tskey-auth-' : 'It begins with hskey-auth-, or has 48 hexadecimal digits.';
  return { kind: 'problem', text: `This has not the form of a whole pre-auth key. ${own}` };
}

/** A text of any program without the key, whole. */
export function withoutKey(text: string, key: string | undefined): string {
  return key === undefined || key === '' ? text : text.replaceAll(key, '(key)');
}
