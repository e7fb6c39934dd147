/** The text, or its beginning with `…` where it has more than `limit` UTF-16 code units; a pair of surrogates is not torn apart. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = /[\ud800-\udbff]$/.test(text.slice(0, limit - 1)) ? limit - 2 : limit - 1;
  return `${text.slice(0, end)}…`;
}
