import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';

import { ownNameSources } from '../../../../src/node/examiner/nameSources.ts';
import { systemName } from '../../../../src/node/examiner/systemName.ts';
import { TempFolder } from '../../support/tempFolder.ts';

describe('systemName', () => {
  const signal = new AbortController().signal;
  let folder: TempFolder;
  let sources: { hostsFile: string; resolvConf: string; env: Record<string, string> };

  beforeEach(() => {
    folder = new TempFolder();
    sources = { hostsFile: folder.file('hosts'), resolvConf: folder.file('resolv.conf'), env: {} };
  });
  afterEach(() => folder.remove());

  it('gives the addresses of a name', async () => {
    const answer = await systemName('localhost', signal, sources);
    assert.ok(answer.kind === 'addresses');
    assert.ok(answer.addresses.length > 0);
    for (const address of answer.addresses) assert.ok(['127.0.0.1', '::1'].includes(address), address);
    assert.deepEqual(Object.keys(answer).toSorted(), ['addresses', 'kind']);
  });

  it('gives an address as it is', async () => {
    const answer = await systemName('fd7a:115c:a1e0::1', signal, sources);
    assert.deepEqual(answer, { kind: 'addresses', addresses: ['fd7a:115c:a1e0::1'] });
  });

  it('asks nobody for a caller that has ended, and says so', async () => {
    const { kind } = await systemName('localhost', AbortSignal.abort(), sources);
    assert.equal(kind, 'silent');
  });

  it('gives up with its caller', async () => {
    const ended = new AbortController();
    const answer = systemName('nobody.invalid', ended.signal, sources);
    ended.abort();
    assert.ok(['silent', 'unknown-name'].includes((await answer).kind));
  });

  for (const [what, line, names] of [
    ['a name', '100.64.0.9 clawql-1.tail1a2b3.ts.net', true],
    ['one of several names', '\t100.64.0.9\tnas  ClawQL-1.tail1a2b3.ts.net. # ours', true],
    ['another name', '100.64.0.9 clawql-10.tail1a2b3.ts.net clawql-1', false],
    ['a comment', '# 100.64.0.9 clawql-1.tail1a2b3.ts.net', false],
    ['a name in place of an address', 'clawql-1.tail1a2b3.ts.net', false],
  ] as const) {
    it(`${names ? 'finds' : 'does not find'} the name in a file of hosts that has ${what}`, async () => {
      writeFileSync(sources.hostsFile, `127.0.0.1 localhost\r\n${line}\r\n`);
      const { hostsFile } = await systemName('clawql-1.tail1a2b3.ts.net', signal, sources);
      assert.equal(hostsFile, names ? sources.hostsFile : undefined);
    });
  }

  it('reads the first megabyte of a file of hosts', async () => {
    const advertisements = '0.0.0.0 ads.example\n'.repeat(100_000);
    writeFileSync(sources.hostsFile, `1.2.3.4 first.test\n${advertisements}1.2.3.4 last.test\n`);
    assert.equal((await systemName('first.test', signal, sources)).hostsFile, sources.hostsFile);
    assert.equal((await systemName('last.test', signal, sources)).hostsFile, undefined);
  });

  for (const [text, isPod] of [
    [
      'nameserver 10.96.0.10\nsearch default.svc.cluster.local svc.cluster.local cluster.local\noptions ndots:5\n',
      true,
    ],
    ['search team.svc.cluster.local.\n', true],
    ['search lan\nnameserver 192.168.1.1\n', false],
    ['search notcluster.local cluster.local.lan\n', false],
    ['# search cluster.local\n', false],
  ] as const) {
    it(`takes it for ${isPod ? 'a pod' : 'no pod'} by: ${text.trim().split('\n').join(' | ')}`, async () => {
      writeFileSync(sources.resolvConf, text);
      assert.equal((await systemName('localhost', signal, sources)).inCluster, isPod || undefined);
    });
  }

  it('takes it for a pod by the environment of one', async () => {
    sources.env['KUBERNETES_SERVICE_HOST'] = '10.96.0.1';
    assert.equal((await systemName('localhost', signal, sources)).inCluster, true);
    sources.env['KUBERNETES_SERVICE_HOST'] = '';
    assert.equal((await systemName('localhost', signal, sources)).inCluster, undefined);
  });

  it('knows where each platform has its file of hosts', () => {
    assert.equal(ownNameSources('linux', {}).hostsFile, '/etc/hosts');
    assert.equal(ownNameSources('darwin', {}).hostsFile, '/etc/hosts');
    assert.equal(
      ownNameSources('win32', { SystemRoot: 'D:\\Win' }).hostsFile,
      'D:\\Win\\System32\\drivers\\etc\\hosts',
    );
    assert.equal(ownNameSources('win32', {}).hostsFile, 'C:\\Windows\\System32\\drivers\\etc\\hosts');
  });
});
