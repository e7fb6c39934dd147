import { timingSafeEqual } from 'node:crypto';

import { startHttp, type FaultyServer } from './faultyServer.ts';

/**
 * A LocalAPI as an application of macOS serves it: on loopback, to those who know the token.
 * It checks what tailscale `ipn/localapi/localapi.go` (ServeHTTP, validHost) checks, in the same order and words.
 */
export function startLoopbackDaemon(token: string, body: string, version = '1.102.3'): Promise<FaultyServer> {
  return startHttp(({ headers: { host = '', origin, referer, authorization }, url }, response) => {
    const refuse = (status: number, text: string): void => {
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
    };
    if (referer !== undefined || origin !== undefined || !isValidHost(host)) {
      refuse(403, 'invalid localapi request');
      return;
    }
    response.setHeader('Tailscale-Version', version);
    response.setHeader('Content-Type', 'application/json');
    const password = passwordOf(authorization);
    if (password === undefined) refuse(401, 'auth required');
    else if (!isSame(password, token)) refuse(403, 'bad password');
    else if (url === '/localapi/v0/status') response.end(body);
    else if (url?.startsWith('/localapi/v0/watch-ipn-bus?') === true) response.end('{"Version":"1.102.3"}\n');
    else refuse(404, '404 page not found');
  });
}

function isValidHost(host: string): boolean {
  return host === '' || host === 'local-tailscaled.sock' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]):\d+$/.test(host);
}

/** Of HTTP Basic, whatever the user is called; undefined where there is none. Source: Go's `net/http` (Request.BasicAuth). */
function passwordOf(authorization: string | undefined): string | undefined {
  const [, encoded] = /^basic (.*)$/i.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const credentials = Buffer.from(encoded, 'base64').toString();
  return credentials.includes(':') ? credentials.slice(credentials.indexOf(':') + 1) : undefined;
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
