import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { once } from 'node:events';
import type net from 'node:net';
import tls from 'node:tls';

import { tlsAt } from '../../../../src/node/examiner/tls.ts';
import { runProgram } from '../../../../src/node/runProgram.ts';
import { closedPort } from '../../support/closedPort.ts';
import { eventually } from '../../support/eventually.ts';
import { startHttp, startTcp, type FaultyServer } from '../../support/faultyServer.ts';
import { hostile } from '../../support/hostileTexts.ts';
import { assertNothingMoreThan, resources } from '../../support/resources.ts';
import { certificate, selfSigned, type Certificate } from '../../support/selfSigned.ts';
import { TempFolder } from '../../support/tempFolder.ts';

const hour = 3_600_000;

describe('tlsAt', () => {
  const signal = new AbortController().signal;
  const servers: Pick<FaultyServer, 'close'>[] = [];
  let before: readonly string[];

  beforeEach(async () => {
    before = await resources();
  });
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
    await assertNothingMoreThan(before);
  });

  async function https(shown: Certificate): Promise<FaultyServer> {
    const server = await startHttp((_request, response) => response.end(), shown);
    servers.push(server);
    return server;
  }

  async function tcp(onConnection: (socket: net.Socket) => void): Promise<FaultyServer> {
    const server = await startTcp(onConnection);
    servers.push(server);
    return server;
  }

  const look = ({ port }: { readonly port: number }, hostname = 'localhost') =>
    tlsAt({ hostname, port, address: '127.0.0.1' }, signal);

  async function certificateOf(shown: Certificate, hostname?: string) {
    const seen = await look(await https(shown), hostname);
    assert.ok(seen.kind === 'certificate', JSON.stringify(seen));
    return seen;
  }

  const root = { commonName: 'Test Root', organization: 'Test Trust' };
  function chain(names: readonly string[], more: { readonly hours?: readonly [number, number] } = {}) {
    const authority = { ...root, ...certificate({ ...root, isAuthority: true }) };
    const between = { commonName: 'Test Middle', organization: 'Test Trust' };
    const middle = { ...between, ...certificate({ ...between, isAuthority: true, issuer: authority }) };
    const leaf = certificate({ commonName: names[0] ?? 'x', names, issuer: middle, ...more });
    return { authority, middle, leaf };
  }

  it('reads a certificate that nobody vouches for', async () => {
    const { names, issuer, validFrom, validTo, distrust } = await certificateOf(selfSigned());
    assert.deepEqual(
      [names, issuer, distrust],
      [['localhost', '127.0.0.1'], 'localhost', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    );
    assert.ok(Math.abs(Date.parse(validFrom) - (Date.now() - 12 * hour)) < 60_000);
    assert.ok(Math.abs(Date.parse(validTo) - (Date.now() + 12 * hour)) < 60_000);
  });

  it('names who signed the last certificate that was sent', async () => {
    const { authority, middle, leaf } = chain(['clawql-1.test']);
    const seen = [];
    for (const sent of [[leaf], [leaf, middle], [leaf, middle, authority]]) {
      const { issuer, distrust } = await certificateOf({ ...leaf, cert: sent.map(({ cert }) => cert).join('') });
      seen.push([issuer, distrust]);
    }
    assert.deepEqual(seen, [
      ['Test Middle (Test Trust)', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
      ['Test Root (Test Trust)', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
      ['Test Root (Test Trust)', 'SELF_SIGNED_CERT_IN_CHAIN'],
    ]);
  });

  it('tells a certificate whose time is over', async () => {
    const { validTo, distrust } = await certificateOf(
      certificate({ commonName: 'localhost', names: ['localhost'], hours: [-48, -24] }),
    );
    assert.ok(Date.parse(validTo) < Date.now());
    assert.ok(distrust === 'CERT_HAS_EXPIRED' || distrust === 'DEPTH_ZERO_SELF_SIGNED_CERT', distrust);
  });

  for (const variable of ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE']) {
    it(`trusts an authority by ${variable}, also for another name, and not past its time`, async function () {
      // Elsewhere the system's store is none of files.
      if (variable === 'SSL_CERT_FILE' && process.platform !== 'linux') this.skip();
      const folder = new TempFolder();
      const { authority, middle, leaf } = chain(['clawql-1.test']);
      const old = certificate({ commonName: 'x', issuer: middle, hours: [-48, -24] });
      writeFileSync(folder.file('ca.pem'), authority.cert);
      const ports = [];
      for (const one of [leaf, old]) ports.push((await https({ ...one, cert: one.cert + middle.cert })).port);
      const module = new URL('../../../../src/node/examiner/tls.ts', import.meta.url).href;
      const script = `const { tlsAt } = await import(${JSON.stringify(module)});
        for (const port of ${JSON.stringify(ports)}) {
          const place = { hostname: 'other.test', port, address: '127.0.0.1' };
          const seen = await tlsAt(place, new AbortController().signal);
          process.stdout.write(JSON.stringify([seen.kind, seen.issuer, seen.distrust]));
        }`;
      try {
        const argv = [process.execPath, '--input-type=module', '--eval', script] as const;
        const outcome = await runProgram({ argv, env: { [variable]: folder.file('ca.pem') } }, signal);
        assert.ok(outcome.kind === 'ended', outcome.kind);
        assert.equal(
          outcome.stdout.toString(),
          '["certificate","Test Root (Test Trust)",null]["certificate","Test Root (Test Trust)","CERT_HAS_EXPIRED"]',
          outcome.stderr.toString(),
        );
      } finally {
        folder.remove();
      }
    });
  }

  it('asks for the name of the URL without its last dot, and for none where that is an address', async () => {
    const asked: string[] = [];
    const server = tls.createServer({
      ...selfSigned(),
      SNICallback(name, answer) {
        asked.push(name);
        answer(null);
      },
    });
    server.on('tlsClientError', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as net.AddressInfo;
    try {
      for (const hostname of ['clawql-1.test', 'Clawql-1.test.', '127.0.0.1', 'fd7a:115c:a1e0::1']) {
        assert.equal((await look({ port }, hostname)).kind, 'certificate');
      }
      assert.deepEqual(asked, ['clawql-1.test', 'clawql-1.test']);
    } finally {
      server.close();
      await once(server, 'close');
    }
  });

  it('keeps what a certificate says of itself short, and as it is', async () => {
    const long = 'n'.repeat(60);
    const names = Array.from({ length: 80 }, (_, index) => `${index}.${long}.test`);
    const seen = await certificateOf(certificate({ commonName: 'x', organization: 'o'.repeat(60), names }));
    assert.deepEqual(seen.names, names.slice(0, 50));
    for (const text of hostile) {
      assert.equal((await certificateOf(certificate({ commonName: text }))).issuer, text.slice(0, 200));
    }
  });

  it('tells a port that does not speak TLS', async () => {
    const http = await startHttp((_request, response) => response.end());
    servers.push(http);
    assert.equal((await look(http)).kind, 'no-tls');
    for (const words of ['SSH-2.0-OpenSSH_9.9\r\n', 'HTTP/1.1 400 Bad Request\r\n\r\n', '220 mail.example ESMTP\r\n']) {
      const seen = await look(await tcp((socket) => socket.end(words)));
      assert.equal(seen.kind, 'no-tls', words);
    }
  });

  /** RFC 8446 section 6. */
  for (const [code, kind] of [
    [80, 'no-certificate'],
    [112, 'no-certificate'],
    [40, 'failed'],
    [70, 'failed'],
    [49, 'failed'],
  ] as const) {
    it(`takes the alert ${code} for ${kind}`, async () => {
      const alert = Buffer.from([0x15, 3, 3, 0, 2, 2, code]);
      const seen = await look(await tcp((socket) => socket.once('data', () => socket.end(alert))));
      assert.ok(seen.kind === kind, JSON.stringify(seen));
      assert.match(seen.detail, /alert|unrecognized/i);
    });
  }

  it('tells a server that has no certificate for the name', async () => {
    const server = tls.createServer({ SNICallback: (_name, answer) => answer(new Error('no certificate')) });
    server.on('tlsClientError', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const seen = await look({ port: (server.address() as net.AddressInfo).port });
    server.close();
    await once(server, 'close');
    assert.ok(seen.kind === 'no-certificate' || seen.kind === 'failed', JSON.stringify(seen));
  });

  it('tells a closed port, a server that hangs up, and what is no address', async () => {
    const refused = await look({ port: await closedPort() });
    assert.ok(refused.kind === 'failed' && refused.detail.includes('ECONNREFUSED'), JSON.stringify(refused));
    assert.equal((await look(await tcp((socket) => socket.destroy()))).kind, 'failed');
    const named = await tlsAt({ hostname: 'localhost', port: 1, address: 'localhost' }, signal);
    assert.deepEqual(named, { kind: 'failed', detail: 'localhost is no address' });
  });

  it('gives up on a server that says nothing, and hangs up', async () => {
    const server = await tcp(() => undefined);
    const seen = await tlsAt({ hostname: 'x.test', port: server.port, address: '127.0.0.1' }, signal, 150);
    assert.ok(seen.kind === 'silent', seen.kind);
    assert.ok(seen.afterMs >= 140 && seen.afterMs < 2_000, String(seen.afterMs));
    await eventually('the server is rid of it', () => server.open === 0);
  });

  it('ends with its caller, and hangs up', async () => {
    const server = await tcp(() => undefined);
    const ended = new AbortController();
    const seen = tlsAt({ hostname: 'x.test', port: server.port, address: '127.0.0.1' }, ended.signal);
    await eventually('the server was reached', () => server.open === 1);
    ended.abort();
    assert.equal((await seen).kind, 'silent');
    await eventually('the server is rid of it', () => server.open === 0);
  });
});
