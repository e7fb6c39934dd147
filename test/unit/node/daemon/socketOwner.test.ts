import assert from 'node:assert/strict';

import type { FileAnswer, FileFacts } from '../../../../src/node/machine.ts';
import { socketPlace } from '../../../../src/node/daemon/platformPlaces.ts';
import { refusalOf } from '../../../../src/node/daemon/socketOwner.ts';

const usual = '/var/run/tailscale/tailscaled.sock';
const inTmp = '/tmp/tailscale/tailscaled.sock';

/** What is said of a socket whose own and whose folder's owner are these, to user 1000. */
async function refusal(path: string, uid: number, folderUid = 0, isConfigured = false) {
  const stat = (asked: string): Promise<FileAnswer<FileFacts>> =>
    Promise.resolve({ ok: true, value: { uid: asked === path ? uid : folderUid, isSocket: asked === path } });
  return refusalOf(socketPlace(path, isConfigured), { uid: 1000, stat });
}

describe('refusalOf', () => {
  it("believes root's sockets and this user's own", async () => {
    for (const uid of [0, 1000]) {
      for (const path of [usual, inTmp]) assert.equal(await refusal(path, uid), undefined);
    }
  });

  it("does not believe a stranger's, and says how the user can", async () => {
    for (const path of [usual, inTmp]) {
      const { kind, where, detail } = (await refusal(path, 1001)) ?? assert.fail('it is believed');
      assert.deepEqual([kind, where], ['no-permission', path]);
      assert.ok(detail.startsWith(`${path} belongs to user 1001 `), detail);
      assert.ok(detail.endsWith(`set clawql.tailscale.socketPath to ${path}`), detail);
    }
  });

  it("does not believe one in a stranger's folder, who could put another in its place", async () => {
    const { kind, detail } = (await refusal(inTmp, 0, 1001)) ?? assert.fail('it is believed');
    assert.equal(kind, 'no-permission');
    assert.ok(detail.startsWith('/tmp/tailscale belongs to user 1001 '), detail);
  });

  it('believes an owner whom a sandbox hides where only root can have made the socket', async () => {
    assert.equal(await refusal(usual, 65_534, 65_534), undefined);
    assert.equal((await refusal(inTmp, 65_534, 65_534))?.kind, 'no-permission');
    assert.equal((await refusal('/var/tmp/d.sock', 65_534))?.kind, 'no-permission');
  });

  it('believes whatever the user named in the settings', async () => {
    assert.equal(await refusal(inTmp, 1001, 1001, true), undefined);
  });

  it('tells what is not there from what may not be looked at, and a file from a socket', async () => {
    const answers: readonly (readonly [FileAnswer<FileFacts>, string])[] = [
      [{ ok: false, code: 'ENOENT' }, 'not-found'],
      [{ ok: false, code: 'ENOTDIR' }, 'not-found'],
      [{ ok: false, code: 'EACCES' }, 'no-permission'],
      [{ ok: false, code: 'EIO' }, 'not-answering'],
      [{ ok: true, value: { uid: 0, isSocket: false } }, 'unexpected-answer'],
    ];
    for (const [answer, kind] of answers) {
      for (const isConfigured of [true, false]) {
        const place = socketPlace(usual, isConfigured);
        const found = await refusalOf(place, { uid: 1000, stat: () => Promise.resolve(answer) });
        assert.deepEqual([found?.kind, found?.where], [kind, usual], JSON.stringify(answer));
      }
    }
  });
});
