/** The port at which a URL connects, also where it leaves it out: that of its scheme. */
export function portOfUrl({ port, protocol }: Pick<URL, 'port' | 'protocol'>): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}
