/** Why Tailscale's program did not do what it was run for. */
export type ServeTrouble =
  /** Nothing was run; `tried` is where the program was looked for. */
  | { readonly kind: 'no-program'; readonly tried: readonly string[] }
  /** This user is not the operator of Tailscale on this machine. */
  | { readonly kind: 'no-permission' }
  /** HTTPS has to be enabled for the tailnet first, on that page. */
  | { readonly kind: 'to-enable'; readonly page: string }
  /** The configuration was changed by somebody else since it was shown; nothing was run. */
  | { readonly kind: 'changed-meanwhile' }
  | { readonly kind: 'too-long'; readonly afterMs: number }
  /** Its own words, not yet escaped. */
  | { readonly kind: 'refused'; readonly words: string };

/** UTF-16 code units of the program's own words that are kept. */
const wordsLimit = 300;

/** What the program says when it fails. Sources: tailscale `cmd/tailscale/cli/cli.go` (Run), `ipn/localapi/serve.go`. */
export function troubleOf(stdout: string, stderr: string): ServeTrouble {
  const words = `${stderr}\n${stdout}`.trim();
  if (/access denied|serve config denied|permission denied/i.test(words)) return { kind: 'no-permission' };
  const page = pageIn(words);
  if (page !== undefined) return { kind: 'to-enable', page };
  const [first = ''] = words.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('Warning: '));
  return { kind: 'refused', words: first.trim().slice(0, wordsLimit) || 'it said nothing' };
}

/**
 * The page on which the tailnet's administrator enables HTTPS, which the program prints in a line of its own before it waits; one of
 * Tailscale's and no other, because the place that is served stands in such a line too. Source: tailscale
 * `cmd/tailscale/cli/serve_legacy.go` (enableFeatureInteractive).
 */
export function pageIn(words: string): string | undefined {
  const [, text] = /^\s*(https:\/\/(?:[\w-]+\.)*tailscale\.com\/\S{0,500})\s*$/m.exec(words) ?? [];
  return text === undefined ? undefined : URL.parse(text)?.href;
}
