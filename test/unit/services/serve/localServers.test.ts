import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';

import { ownInterface } from '../../../../src/node/ownInterface.ts';
import { findLocalServers } from '../../../../src/services/serve/localServers.ts';
import { startClawql, type ClawqlOptions, type ClawqlServer } from '../../../support/clawql/server.ts';
import { closedPort } from '../../support/closedPort.ts';
import { RealProber } from '../../support/loopbackHosts.ts';

describe('findLocalServers', () => {
  const { signal } = new AbortController();
  let prober: RealProber;
  let servers: ClawqlServer[];
  beforeEach(() => {
    prober = new RealProber();
    servers = [];
  });
  afterEach(async () => {
    await prober.dispose();
    await Promise.all(servers.map((server) => server.close()));
  });

  async function clawql(options: ClawqlOptions = {}): Promise<number> {
    const server = await startClawql(options);
    servers.push(server);
    return server.port;
  }
  const found = async (...ports: number[]): Promise<readonly number[]> => {
    const local = await findLocalServers(ports, { loopback: ownInterface(), prober }, signal);
    return local.map(({ port }) => port).filter((port) => ports.includes(port));
  };

  it('knows ClawQL by its healthz, also where it keeps to its own name, and in the order of the ports', async () => {
    const [first, second] = [await clawql(), await clawql({ mcpHost: '127.0.0.1' })];
    assert.deepEqual(await found(second, first), [second, first]);
  });

  it('takes nothing else for it', async () => {
    const other = net.createServer((socket) => {
      // The first look only connects, and leaves.
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
    });
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as net.AddressInfo;
    try {
      assert.deepEqual(await found(await closedPort(), port), []);
    } finally {
      other.close();
    }
  });
});
