import type { Span } from '../text.ts';

/** A secret in a text: where it is, and what is known of it without showing it. */
export interface LiveSecret {
  readonly span: Span;
  /** For people: "a GitHub token". */
  readonly what: string;
  /** What may stand in its place: `your-token`. */
  readonly placeholder: string;
}

/**
 * The forms of keys that say themselves what they are; the last group is the secret. Sources: ClawQL `.env.example`; Tailscale, "API keys";
 * headscale `hscontrol/db/preauth_keys.go`; the vendors' documentation.
 */
const forms: readonly (readonly [what: string, placeholder: string, form: RegExp])[] = [
  ['a Tailscale key', 'your-key', /(?<![\w-])tskey-[a-z]+-[\w-]{16,}/d],
  ['a Headscale key', 'your-key', /(?<![\w-])hskey-[a-z]+-[\w-]{16,}/d],
  ['a GitHub token', 'your-token', /(?<![\w-])(?:gh[oprsu]_\w{20,}|github_pat_\w{20,})/d],
  ['a Slack token', 'your-token', /(?<![\w-])xox[a-z]-[\w-]{16,}/d],
  ['a Linear key', 'your-key', /(?<![\w-])lin_api_\w{16,}/d],
  ['a Google access token', 'your-token', /(?<![\w-])ya29\.[\w-]{16,}/d],
  ['an API key', 'your-key', /(?<![\w-])sk-[\w-]{20,}/d],
];

const password = /(?<![\w+.-])[a-z][a-z\d+.-]*:\/\/(?<user>[^\s:@/?#]*):(?<secret>[^\s@/?#]{4,})@/di;

/** What people write where a secret belongs. */
const standIn =
  /[$<>…*]|\{\{|\.\.\.|%[A-Z_]+%|xxx|your|example|change|placeholder|replace|dummy|redacted|sample|insert|123456789|abcdefgh|(.)\1{5}|(?<![a-z])(?:todo|fake|test|none)(?![a-z])/i;

/** What every one of them has: most values are looked at once. */
const anyForm = /[th]skey-|gh[oprsu]_|github_pat_|xox[a-z]-|lin_api_|ya29\.|sk-|:\/\//;

/** A key or password in a text, known by its form; undefined when there is none, or a placeholder in its place. */
export function secretByForm(text: string): LiveSecret | undefined {
  if (!anyForm.test(text)) return undefined;
  for (const [what, placeholder, form] of forms) {
    const match = form.exec(text);
    if (match !== null && isRandom(match[0])) {
      return { span: { offset: match.index, length: match[0].length }, what, placeholder };
    }
  }
  const { groups, indices } = password.exec(text) ?? {};
  const { user, secret = '' } = groups ?? {};
  const [start, end] = indices?.groups?.['secret'] ?? [];
  if (start === undefined || end === undefined || secret === user || isCommonWord(secret)) return undefined;
  return { span: { offset: start, length: end - start }, what: 'a URL with a password', placeholder: 'your-password' };
}

/** The value of a variable that holds nothing but a secret, or of a header that carries one, with or without the word before it. */
export function secretByPlace(text: string): LiveSecret | undefined {
  const byForm = secretByForm(text);
  if (byForm !== undefined) return byForm;
  const [, scheme = '', secret = ''] = /^\s*((?:(?:bearer|token|basic)\s+)?)(\S+)\s*$/i.exec(text) ?? [];
  const isOpaque = secret.length >= 12 && /^[\w.+=~!-][\w.+/=~!-]*$/.test(secret) && isRandom(secret);
  if (!isOpaque) return undefined;
  const span: Span = { offset: text.indexOf(secret, scheme.length), length: secret.length };
  return { span, what: 'a secret', placeholder: 'your-secret' };
}

/** Words alone are what a person made up to show something; keys are made by machines, of letters and digits. */
function isRandom(text: string): boolean {
  return /\d/.test(text) && /[a-z]/i.test(text) && !standIn.test(text);
}

function isCommonWord(text: string): boolean {
  return standIn.test(text) || /^(pass(word|wd)?|secret|postgres(ql)?|root|admin|user)$/i.test(text);
}
