import assert from 'node:assert/strict';
import { running } from '../../../support/builders.ts';
import { ofRule, oneHost, type World } from '../world.ts';

const { briefly, fixesOf, onlyProblem } = ofRule('policy-unsupported');

const headscale: World = { snapshot: { tailnet: running([], { name: 'hs.example.com', suffix: 'clawql.local' }) } };
const nowhere: World = { snapshot: { tailnet: { kind: 'off', backendState: 'Stopped', authUrl: '', health: [] } } };
const named = '/w/deploy/headscale-policy.hujson';
const plain = '/w/policy.hujson';
const text = '{ "postures": {}, "acls": [{ "action": "accept", "src": ["autogroup:admin"], "dst": ["*:22"] }] }';
const both = ['postures', 'autogroup:admin'];

describe('policy-unsupported', () => {
  it('is an error where the file itself is for a Headscale', () => {
    const found = both.map((at) => `policy-unsupported error ${at}`);
    assert.deepEqual(briefly(named, text, oneHost), found, 'by its name');
    assert.deepEqual(briefly('/w/headscale/policy.hujson', text, nowhere), found, 'by its folder');
    assert.deepEqual(
      briefly(plain, text.replace('{', '{ // for our Headscale\n'), headscale),
      found,
      'by a word in it',
    );
    const local = text.replace('["autogroup', '["dev@", "autogroup');
    assert.deepEqual(briefly(plain, local, oneHost), found, 'by a user that only a Headscale has');
  });

  it('is a warning where only the tailnet of this machine is a Headscale, and says so', () => {
    assert.deepEqual(
      briefly(plain, text, headscale),
      both.map((at) => `policy-unsupported warning ${at}`),
    );
    const message = (path: string): string => onlyProblem(path, '{ "derpMap": {}, "acls": [] }', headscale).message;
    const said = 'Headscale does not know "derpMap": it refuses the whole policy. Take it out.';
    assert.equal(message(named), said);
    assert.equal(
      message(plain),
      `${said} (A Headscale runs this machine's tailnet. Where the policy is for Tailscale's service, have "tailscale" in its file's name.)`,
    );
  });

  it("is quiet about a policy of Tailscale's service, and where nothing tells whose it is", () => {
    assert.deepEqual(briefly(plain, text, oneHost), []);
    assert.deepEqual(briefly(plain, text, nowhere), []);
    assert.deepEqual(briefly('/w/tailscale/policy.hujson', text, headscale), []);
    for (const world of [oneHost, nowhere]) {
      assert.deepEqual(briefly(plain, text.replace('{', '{ // moved here from Headscale\n'), world), []);
    }
  });

  it('is an error of every policy where both control servers refuse it', () => {
    for (const [wrong, at] of [
      ['"acls": [{ "action": "deny", "src": ["*"], "dst": ["*:22"] }]', 'deny'],
      ['"groups": { "group:a": [], "group:b": ["group:a"] }, "acls": []', 'group:a'],
      ['"acls": [{ "action": "accept", "src": ["autogroup:self"], "dst": ["*:22"] }]', 'autogroup:self'],
      ['"acls": [{ "action": "accept", "src": ["10.0.0.0/8"], "dst": ["autogroup:self:22"] }]', 'autogroup:self'],
    ] as const) {
      for (const world of [oneHost, nowhere, headscale]) {
        assert.deepEqual(briefly(plain, `{ ${wrong} }`, world), [`policy-unsupported error ${at}`], wrong);
      }
    }
    const self = '{ "acls": [{ "action": "accept", "src": ["tag:a", "x@y"], "dst": ["autogroup:self:22"] }] }';
    assert.equal(
      onlyProblem(plain, self, headscale).message,
      'The control server takes "autogroup:self" for users alone, and "tag:a" is none: it refuses the whole policy. Make it a rule of its own, whose sources are users, groups or autogroup:member.',
    );
  });

  it('is quiet about what Headscale ignores', () => {
    const remark =
      '{ "acls": [{ "#ha": 1, "action": "accept", "src": ["*"], "dst": ["*:22"] }], "nodeAttrs": [{ "target": ["*"], "ipPool": [] }] }';
    assert.deepEqual(briefly(named, remark, oneHost), []);
  });

  it('renames what was called otherwise before', () => {
    const old = '{ "acls": [{ "action": "accept", "users": ["*"], "dst": ["*:22"] }] } // old';
    assert.deepEqual(fixesOf(named, old, oneHost), { '* Rename it to "src"': old.replace('users', 'src') });
    assert.deepEqual(fixesOf(named, '{ "derpMap": {}, "acls": [] }', oneHost), {});
  });
});
