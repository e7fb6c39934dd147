/**
 * The beginnings of keys, with what must follow at least: of Tailscale and Headscale, GitHub, Slack, Linear, Google, and what calls itself
 * `sk-`. Sources: each service's documentation; ClawQL `src/auth-headers.ts` names those that it sends.
 */
const keyForm =
  /^(?:tskey-[\w-]{8}|hskey-[\w-]{8}|gh[pos]_\w{8}|github_pat_\w{8}|xox[abp]-[\w-]{8}|lin_api_\w{8}|sk-[\w-]{8}|ya29\.[\w.-]{8})/;

/** What stands before a credential in an `Authorization` header. */
const scheme = /^(?:bearer|basic|token|apikey)\s+/i;

/** Whether a value has the form of a key of a service that is known here, also behind `Bearer `. */
export function isKnownKey(value: string): boolean {
  const credential = value.slice(schemeLength(value));
  return keyForm.test(credential) && !isPlaceholderSecret(credential);
}

/** How much of a header's value stands before its credential, in UTF-16 code units; 0 where it has no scheme. */
export function schemeLength(value: string): number {
  return scheme.exec(value)?.[0].length ?? 0;
}

/** Whether a value, without its scheme, stands for one that the reader is to put in, or is a variable's in any program's words. */
export function isPlaceholderSecret(value: string): boolean {
  const text = value.trim();
  if (/^$|[<>…]|\.{3}|\$\{|\{\{|\{env:|^\$\w+$|^%\w+%$|^op:\/\//.test(text)) return true;
  if (/^[x*.\-_0]+$/i.test(text) || /x{6}|\*{4}/i.test(text)) return true;
  const words =
    /(?:^|[^a-z])(?:your|example|change-?_?me|placeholder|redacted|replace|insert|dummy|sample)(?:$|[^a-z])/i;
  return (
    words.test(text) ||
    /^(?:my[-_ ])?(?:api[-_ ]?)?(?:token|key|secret|password|bearer|none|null|todo|test|value)$/i.test(text)
  );
}

/** Whether a variable or a header of that name holds a secret as a rule, such as `CLAWQL_API_KEY` or `X-Api-Key`. */
export function isSecretName(name: string): boolean {
  return /(?:^|[-_])(?:token|apikey|key|secret|password)$/i.test(name) && !/public|idempotency/i.test(name);
}
