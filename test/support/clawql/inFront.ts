import type { RequestHandler } from 'express';

/** What may stand before ClawQL, or in its place, at its port. */
export const fronts = [
  'forbidden',
  'login-page',
  'login-redirect',
  'sign-in',
  'healthz-only',
  'another-server',
] as const;
export type Front = (typeof fronts)[number];

const page = (title: string, body: string): string =>
  `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body>${body}</body></html>\n`;

const loginForm = '<form method="post"><input name="user"><input name="password" type="password"></form>';

/** Handlers that answer in ClawQL's place. */
export const inFront: Readonly<Record<Front, RequestHandler>> = {
  /** A reverse proxy that does not let this client in, in nginx's words. */
  forbidden: (_request, response) => {
    response.status(403).type('html').send(page('403 Forbidden', '<center><h1>403 Forbidden</h1></center>'));
  },
  /** A login page in the place of whatever was asked for. */
  'login-page': (_request, response) => {
    response.type('html').send(page('Sign in', loginForm));
  },
  /** A single sign-on of another host. */
  'login-redirect': (request, response) => {
    response.redirect(302, `https://login.example/start?rd=${encodeURIComponent(request.originalUrl)}`);
  },
  /** An API gateway that wants a token. */
  'sign-in': (_request, response) => {
    response.status(401).set('WWW-Authenticate', 'Bearer realm="clawql"').json({ error: 'unauthorized' });
  },
  /** A reverse proxy that leads to ClawQL's healthz and has its MCP path elsewhere. */
  'healthz-only': (request, response, next) => {
    if (request.path === '/healthz') next();
    else response.status(404).type('html').send(page('404 Not Found', '<center><h1>404 Not Found</h1></center>'));
  },
  /** Another program has the port. */
  'another-server': (request, response) => {
    if (request.path === '/healthz') response.json({ status: 'pass', service: 'inventory' });
    else response.status(404).json({ detail: 'Not Found' });
  },
};
