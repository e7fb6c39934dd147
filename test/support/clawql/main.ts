import { appendFileSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fronts, inFront } from './inFront.ts';
import { startClawql } from './server.ts';
import { degradedVault } from './vault.ts';

/**
 * The ClawQL-like server as a program. Prints one JSON line, `{"listening": PORT}`, and ends on SIGTERM (which the real one
 * swallows once). `--log FILE` gets each request as a JSON line.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8080' },
    address: { type: 'string' },
    name: { type: 'string', default: 'clawql' },
    version: { type: 'string', default: '5.0.0' },
    path: { type: 'string', default: '/mcp' },
    'mcp-host': { type: 'string', default: '0.0.0.0' },
    degraded: { type: 'string' },
    'healthz-delay': { type: 'string' },
    'mcp-delay': { type: 'string' },
    'in-front': { type: 'string' },
    without: { type: 'string', multiple: true },
    cert: { type: 'string' },
    key: { type: 'string' },
    log: { type: 'string' },
  },
});

const { log, cert, key, address, degraded, without } = values;
const front = fronts.find((name) => name === values['in-front']);
const server = await startClawql({
  port: Number(values.port),
  name: values.name,
  version: values.version,
  path: values.path,
  mcpHost: values['mcp-host'],
  healthzDelay: Number(values['healthz-delay'] ?? 0),
  mcpDelay: Number(values['mcp-delay'] ?? 0),
  ...(address !== undefined && { address }),
  ...(front !== undefined && { inFront: inFront[front] }),
  ...(without !== undefined && { withoutTools: without }),
  ...(degraded !== undefined && { vault: degradedVault(degraded) }),
  ...(cert !== undefined &&
    key !== undefined && { tls: { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') } }),
  ...(log !== undefined && {
    onRequest: (request) => {
      appendFileSync(log, `${JSON.stringify(request)}\n`);
    },
  }),
});
process.once('SIGTERM', () => void server.close());
process.once('SIGINT', () => void server.close());
console.log(JSON.stringify({ listening: server.port }));
