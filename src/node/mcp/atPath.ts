/** Another path at the same origin, without a query. Not by resolving it: a path that begins with two slashes would be another host. */
export function atPath(url: string, path: string): string {
  const place = new URL(url);
  place.pathname = path;
  place.search = '';
  place.hash = '';
  return place.href;
}
