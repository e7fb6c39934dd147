import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, readdir, rm, writeFile } from 'node:fs/promises';

import * as z from 'zod/mini';

import { changedPreferences, type PreferencesRecord } from '../../src/core/tailnet/join/preferences.ts';
import type { LoginPage } from '../../src/core/tailnet/join/loginPage.ts';
import { systemClock } from '../../src/services/clock.ts';
import type { JoinRequest } from '../../src/services/tailnet/tailnetJoin.ts';
import { TailnetLab } from '../support/tailnet/lab.ts';
import { until } from '../support/tailnet/until.ts';
import { ManualClock } from '../unit/support/manualClock.ts';
import { TempFolder } from '../unit/support/tempFolder.ts';
import { Joiner } from './support/joiner.ts';
import { filesHolding, SecretWatch } from './support/secretWatch.ts';

const server = 'http://10.99.0.1:8080';
const Key = z.object({ key: z.string() });
const never = new AbortController().signal;
const noPage = (page: LoginPage): void => assert.fail(`a page of ${page.host}`);

// Tailscale's test control server lets everybody in, and takes a machine that comes back for another one.
if (process.env['CLAWQL_LAB_CONTROL'] === 'headscale') {
  describe('joining a tailnet', function () {
    this.timeout(60_000);
    let lab: TailnetLab;
    let folder: TempFolder;
    let joiner: Joiner;
    let asItWas: PreferencesRecord;

    before('attach, and hold a program that any user may run', async () => {
      lab = await TailnetLab.attach();
      folder = new TempFolder();
      await chmod(folder.path, 0o755);
      await copyFile(lab.description.programs.tailscale, folder.file('tailscale'));
      await chmod(folder.file('tailscale'), 0o755);
    });
    beforeEach('the laptop is logged out, with settings of its own', async () => {
      await lab.tailscale('laptop', 'logout');
      // The last one has no flag of "tailscale up".
      await lab.tailscale('laptop', 'set', '--accept-dns=false', '--hostname=laptop', '--update-check=false');
      joiner = new Joiner(folder.file('tailscale'), folder.path, systemClock);
      await joiner.start();
      asItWas = await joiner.now();
    });
    afterEach('nothing is left of a key', async () => {
      await joiner.dispose();
      assert.deepEqual(await readdir(folder.path), ['tailscale']);
    });
    after('the laptop is in the tailnet again, as it was', async () => {
      folder.remove();
      await lab.tailscale('laptop', 'logout');
      await lab.tailscale('laptop', 'set', '--update-check=true');
      await lab.join('laptop', { tagged: false });
    });

    const newKey = async (): Promise<string> =>
      z.parse(Key, await lab.headscale('preauthkeys', 'create', '--user', '1', '--expiration', '1h')).key;

    async function assertAsBefore(): Promise<void> {
      assert.deepEqual(changedPreferences(asItWas, await joiner.now()), []);
      const status = await lab.status('laptop');
      assert.equal(status.BackendState, 'NeedsLogin');
      assert.equal(status['AuthURL'], '');
    }

    /** Begins a login in the browser, and resolves with its page, and with the outcome to come. */
    async function beginInBrowser(request: Partial<JoinRequest> = {}, signal = never) {
      const { promise, resolve } = Promise.withResolvers<LoginPage>();
      const outcome = joiner.join.join({ server, keyExpired: false, ...request }, resolve, signal);
      const page = await Promise.race([promise, outcome]);
      assert.ok('url' in page, `no page, but ${JSON.stringify(page)}`);
      return { page, outcome };
    }

    it('is watched by what sees a secret in an argument, an environment and a file', async () => {
      const [argument, variable] = ['hskey-auth-in-an-argument', 'hskey-auth-in-a-variable'];
      const watches = [new SecretWatch(argument), new SecretWatch(variable)];
      // It waits at its standard input, which nobody writes to.
      const child = spawn('sh', ['-c', 'read never', argument], { env: { KEY: variable } });
      await once(child, 'spawn');
      const [first, second] = await Promise.all(watches.map((watch) => watch.stop()));
      child.kill();
      assert.ok(
        first?.leaks.some((leak) => leak.startsWith('cmdline of')),
        first?.leaks.join(),
      );
      assert.ok(
        second?.leaks.some((leak) => leak.startsWith('environ of')),
        second?.leaks.join(),
      );
      await writeFile(folder.file('left'), `a ${variable} b`);
      assert.deepEqual(await filesHolding(variable, [folder.path]), [folder.file('left')]);
      await rm(folder.file('left'));
    });

    it('with a key, which no process, file or log gets to show, and no setting is lost', async () => {
      const key = await newKey();
      const watch = new SecretWatch(key);
      const outcome = await joiner.join.join({ server, key, keyExpired: false }, noPage, never);
      const { leaks, commandLines, rounds } = await watch.stop();
      assert.deepEqual(outcome, { end: { kind: 'joined' }, left: [] });
      assert.deepEqual(leaks, []);
      const seen = [...commandLines].filter((line) => line.includes('--auth-key=file:'));
      assert.ok(seen.length > 0, `Tailscale's program was never seen in ${rounds} looks`);
      // Not even for a moment is a setting another one: the program was told to keep it.
      assert.ok(seen.some((line) => line.includes('--accept-dns=false')));
      assert.deepEqual(await filesHolding(key, [lab.description.directory, folder.path]), []);
      assert.ok(!joiner.log.lines.some((line) => line.includes(key)));
      const changed = changedPreferences(asItWas, await joiner.now());
      assert.deepEqual(
        changed.filter((name) => name !== 'AutoUpdate'),
        ['ControlURL', 'LoggedOut', 'WantRunning'],
      );
      assert.partialDeepStrictEqual(await joiner.now(), { CorpDNS: false, AutoUpdate: { Check: false } });
    });

    it('not with a wrong key, after which the machine is as it was', async () => {
      const key = `hskey-auth-AAAAAAAAAAAA-${'b'.repeat(64)}`;
      const { end, left } = await joiner.join.join({ server, key, keyExpired: false }, noPage, never);
      assert.deepEqual(end, { kind: 'refused', words: 'invalid pre auth key' });
      assert.deepEqual(left, []);
      await assertAsBefore();
    });

    it('in the browser, where somebody lets it in', async () => {
      const { page, outcome } = await beginInBrowser();
      assert.deepEqual(joiner.join.page, page);
      assert.partialDeepStrictEqual(page, { host: '10.99.0.1:8080', isExpected: true });
      const id = page.url.split('/').at(-1) ?? '';
      await lab.headscale('auth', 'register', '--auth-id', id, '--user', 'dev');
      assert.deepEqual(await outcome, { end: { kind: 'joined' }, left: [] });
      assert.equal(joiner.join.page, undefined);
      assert.equal((await lab.status('laptop')).BackendState, 'Running');
    });

    it('is cancelled half-way, after which the machine is as it was', async () => {
      const stop = new AbortController();
      const { outcome } = await beginInBrowser({}, stop.signal);
      assert.equal((await joiner.now())['ControlURL'], server);
      stop.abort();
      assert.deepEqual(await outcome, { end: { kind: 'cancelled' }, left: [] });
      await assertAsBefore();
    });

    it('is taken back when the editor ends in the middle of it, and only one is done at a time', async () => {
      const { outcome } = await beginInBrowser();
      const second = await joiner.join.join({ server, keyExpired: false }, noPage, never);
      assert.deepEqual(second.end, { kind: 'busy' });
      joiner.join.dispose();
      await joiner.join.ended;
      assert.deepEqual(await outcome, { end: { kind: 'cancelled' }, left: [] });
      await assertAsBefore();
    });

    it('not at a server that is not there, and the daemon says why', async () => {
      const clock = new ManualClock();
      const other = new Joiner(folder.file('tailscale'), folder.path, clock);
      await other.start();
      const joining = other.join.join({ server: 'http://10.99.0.1:9', keyExpired: false }, noPage, never);
      await until('the daemon has tried', async () => {
        const { health } = await other.preferences.condition(never);
        return health.some((line) => line.includes('last login error')) ? true : undefined;
      });
      clock.advance(30_000);
      const { end, left } = await joining;
      assert.ok(end.kind === 'timeout');
      assert.match(end.words, /10\.99\.0\.1:9.*connection refused/);
      assert.deepEqual(left, []);
      await assertAsBefore();
      await other.dispose();
    });

    it('not as a user who may not, for whom nothing is changed', async () => {
      const { seteuid } = process;
      assert.ok(seteuid, 'Linux has users');
      seteuid(1234);
      const other = new Joiner(folder.file('tailscale'), folder.path, systemClock);
      try {
        await other.start();
        const { end, left } = await other.join.join({ server, keyExpired: false }, noPage, never);
        assert.deepEqual([end.kind, left], ['no-permission', []]);
      } finally {
        seteuid(0);
        await other.dispose();
      }
      await assertAsBefore();
    });

    it('anew where its key has expired, at the same server, cancelled or not', async () => {
      const first = await joiner.join.join({ server, key: await newKey(), keyExpired: false }, noPage, never);
      assert.equal(first.end.kind, 'joined');
      await lab.headscale('nodes', 'expire', '-i', await lab.controlServer.nodeId('laptop'));
      await until('the key has expired', async () =>
        (await lab.status('laptop')).BackendState === 'NeedsLogin' ? true : undefined,
      );
      assert.equal(await joiner.join.serverNow(), server);
      asItWas = await joiner.now();
      const stop = new AbortController();
      const { outcome } = await beginInBrowser({ keyExpired: true }, stop.signal);
      stop.abort();
      assert.deepEqual(await outcome, { end: { kind: 'cancelled' }, left: [] });
      assert.deepEqual(changedPreferences(asItWas, await joiner.now()), []);
      const again = await joiner.join.join({ server, key: await newKey(), keyExpired: true }, noPage, never);
      assert.deepEqual(again, { end: { kind: 'joined' }, left: [] });
      assert.deepEqual(changedPreferences(asItWas, await joiner.now()), []);
    });
  });
}
