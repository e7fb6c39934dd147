import * as z from 'zod/mini';

import { parseJson } from '../../json.ts';

/** What "tailscale up --json" has told so far: where people log in, and what it still waits for. */
export type UpEvent =
  | { readonly kind: 'page'; readonly url: string }
  /** It is logged in, and an administrator has to approve it. */
  | { readonly kind: 'needs-approval' };

/** Why it ended without the machine being in. `words` are the program's, and come from outside. */
export type UpFailure =
  /** The server did not let the machine in. */
  | { readonly kind: 'refused'; readonly words: string }
  /** This user may not change what the daemon does. */
  | { readonly kind: 'no-permission'; readonly words: string }
  /** The program wants settings to be named that it would put back to their defaults. */
  | { readonly kind: 'settings'; readonly words: string }
  /** It waited in vain. */
  | { readonly kind: 'timeout'; readonly words: string }
  /** The key's file cannot be read from where the program runs. */
  | { readonly kind: 'unread-file'; readonly words: string }
  | { readonly kind: 'other'; readonly words: string };

/** Source: tailscale 1.102.3 `cmd/tailscale/cli/up.go` (upOutputJSON). */
const record = z.object({ AuthURL: z.optional(z.string()), BackendState: z.optional(z.string()) });

/** The events in all of the program's output so far, in their order. What is no whole record of its own is passed over. */
export function upEvents(output: string): readonly UpEvent[] {
  // The program indents what stands inside of a record, so that a brace at the beginning of a line is one of its ends.
  const blocks = output.matchAll(/^\{\r?\n[^]*?^\}/gm);
  return [...blocks].flatMap(([block]) => {
    const { success, data } = z.safeParse(record, parseJson(block));
    return success ? eventOf(data) : [];
  });
}

function eventOf({ AuthURL, BackendState }: z.infer<typeof record>): readonly UpEvent[] {
  if (AuthURL !== undefined) return [{ kind: 'page', url: AuthURL }];
  return BackendState === 'NeedsMachineAuth' ? [{ kind: 'needs-approval' }] : [];
}

/** Why the program failed, by what it wrote to its error output. Source: tailscale 1.102.3 `cmd/tailscale/cli/up.go`, `cli.go`. */
export function upFailure(stderr: string): UpFailure {
  const words = stderr.trim();
  if (words.includes('requires mentioning all')) return { kind: 'settings', words };
  const [, refusal] = /^backend error: (.+)$/m.exec(words) ?? [];
  if (refusal !== undefined) return { kind: 'refused', words: refusal.trim() };
  const [, denied] = /^Access denied: (.+)$/m.exec(words) ?? [];
  if (denied !== undefined) return { kind: 'no-permission', words: denied.trim() };
  const [timeout] = /^timeout waiting for .+$/m.exec(words) ?? [];
  if (timeout !== undefined) return { kind: 'timeout', words: timeout };
  // Go's words for a file, which on Windows are the system's: `open NAME: permission denied`.
  if (/^open .+: .+$/m.test(words)) return { kind: 'unread-file', words };
  return { kind: 'other', words };
}
