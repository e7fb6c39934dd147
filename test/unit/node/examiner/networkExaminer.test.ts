import assert from 'node:assert/strict';

import { DaemonReader } from '../../../../src/node/daemon/daemonReader.ts';
import { NetworkExaminer } from '../../../../src/node/examiner/networkExaminer.ts';
import { socketPlace } from '../../../../src/node/daemon/platformPlaces.ts';
import { demoStatus } from '../../../support/demo/demoStatus.ts';
import { startLocalApi, type LocalApiServer } from '../../../support/demo/localApi.ts';
import { failed } from '../../support/builders.ts';
import { startHttp, type FaultyServer } from '../../support/faultyServer.ts';
import { RecordingLog } from '../../support/recordingLog.ts';
import { assertNothingMoreThan, resources } from '../../support/resources.ts';
import { selfSigned } from '../../support/selfSigned.ts';
import { TempFolder } from '../../support/tempFolder.ts';

const status = demoStatus({
  tailnet: 't',
  suffix: 'tail1a2b3.ts.net',
  self: { name: 'laptop', number: 1, os: 'linux' },
  peers: [{ name: 'clawql-1', number: 2, os: 'linux', tags: ['tag:clawql-mcp'] }],
});
const peer = '100.90.0.2';

describe('NetworkExaminer', function () {
  const signal = new AbortController().signal;
  let folder: TempFolder;
  let daemon: LocalApiServer;
  let server: FaultyServer;
  let reader: DaemonReader;
  let examiner: NetworkExaminer;
  let atFirst: readonly string[];

  beforeEach(async function () {
    // The socket of the test is one of a Unix.
    if (process.platform === 'win32') this.skip();
    atFirst = await resources();
    folder = new TempFolder();
    daemon = await startLocalApi({ socketPath: folder.socket('d.sock'), status });
    server = await startHttp((_request, response) => response.end(), selfSigned());
    reader = new DaemonReader(() => [socketPlace(daemon.socketPath, true)], new RecordingLog());
    const outcome = failed(server.origin, { kind: 'not-clawql', detail: 'x' }, 'healthz');
    examiner = new NetworkExaminer({
      daemon: reader,
      prober: { probe: () => Promise.resolve(outcome) },
      direct: (url) => Promise.resolve({ kind: 'failed', failure: { kind: 'other', detail: url } }),
    });
  });
  afterEach(async () => {
    if (process.platform === 'win32') return;
    await Promise.all([reader.dispose(), daemon.close(), server.close()]);
    folder.remove();
    await assertNothingMoreThan(atFirst);
  });

  it('asks the daemon that gave the last status', async () => {
    await reader.read(signal);
    assert.deepEqual(await examiner.preferences(signal), { acceptsDns: true });
    daemon.setPreferences({ CorpDNS: false });
    assert.deepEqual(await examiner.preferences(signal), { acceptsDns: false });
    assert.equal((await examiner.ping(peer, 'TSMP', signal)).kind, 'pong');
    assert.equal((await examiner.ping(peer, 'ICMP', signal)).kind, 'pong');
    assert.equal((await examiner.path(peer, signal)).kind, 'direct');
    daemon.setPreferences({ ControlURL: 'https://hs.example.net' });
    assert.equal((await examiner.controlPlane(undefined, signal)).controlHost, 'hs.example.net');
  });

  it('says where there is none to ask', async () => {
    const detail = 'no LocalAPI gave the last status, and the command line is not asked for this';
    assert.deepEqual(await examiner.preferences(signal), { detail });
    assert.deepEqual(await examiner.ping(peer, 'TSMP', signal), { kind: 'refused', detail });
    assert.deepEqual(await examiner.path(peer, signal), { kind: 'unknown', detail });
    assert.deepEqual(await examiner.controlPlane('n2', signal), {});
    assert.deepEqual(daemon.requests, []);
  });

  it('looks from this machine, and leaves nothing open', async () => {
    const place = { hostname: 'localhost', port: server.port, address: '127.0.0.1' };
    assert.ok(examiner.network([]).interfaces >= 0);
    assert.deepEqual(await examiner.tcp(place, signal), { kind: 'open', address: '127.0.0.1' });
    assert.equal((await examiner.tls(place, signal)).kind, 'certificate');
    assert.equal((await examiner.systemName('localhost', signal)).kind, 'addresses');
    assert.deepEqual(await examiner.route('127.0.0.1', ['127.0.0.1']), {
      kind: 'route',
      localAddress: '127.0.0.1',
      isTailnet: true,
    });
    assert.equal((await examiner.magicDnsName('localhost', AbortSignal.abort())).kind, 'silent');
  });

  it('leaves the calls of HTTP to others', async () => {
    const failure = { kind: 'other', detail: server.origin };
    assert.deepEqual(await examiner.direct(server.origin, signal), { kind: 'failed', failure });
    assert.deepEqual(await examiner.doors([server.origin], ['127.0.0.1'], signal), []);
  });
});
