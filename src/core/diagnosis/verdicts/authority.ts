import { portOfUrl } from '../../portOfUrl.ts';

/** The port of a URL, also where it leaves it out. */
export function portOf(url: string): number {
  return portOfUrl(new URL(url));
}

/** Name and port of a URL, the port also where the URL leaves it out. */
export function authorityOf(url: string): string {
  return `${new URL(url).hostname}:${portOf(url)}`;
}
