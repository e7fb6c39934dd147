/**
 * A URL, or a host with or without port, as it may be shown and logged: user, password, query and fragment can hold a secret and are
 * left out. Any other text is not shown at all.
 */
export function shownUrl(text: string): string {
  const url = URL.parse(text);
  if (url !== null && url.host !== '') return `${url.protocol}//${url.host}${url.pathname}`;
  return /^[\w.:[\]-]{1,253}$/.test(text) ? text : 'another value';
}
