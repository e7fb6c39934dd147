import assert from 'node:assert/strict';
import { ofRule, oneHost } from '../world.ts';

const { briefly, fixesOf, onlyProblem } = ofRule('policy-allow-all');

const path = '/w/policy.hujson';
const tags = '"tagOwners": { "tag:clawql-mcp": ["group:ops"] }';
const acl = (src: string, dst: string, more = ''): string =>
  `{\n  // ours\n  ${tags},\n  "acls": [\n    { "action": "accept", ${more}"src": ["${src}"], "dst": ["${dst}"] },\n  ],\n}\n`;

describe('policy-allow-all', () => {
  it('finds what is open to everybody, and to some', () => {
    for (const src of ['*', 'autogroup:member', 'autogroup:members', 'autogroup:danger-all', '0.0.0.0/0']) {
      assert.deepEqual(briefly(path, acl(src, '*:*'), oneHost), ['policy-allow-all warning *:*'], src);
    }
    for (const src of ['alice@example.com', 'group:ops', 'tag:clawql-mcp']) {
      assert.deepEqual(briefly(path, acl(src, '*:*'), oneHost), ['policy-allow-all information *:*'], src);
    }
  });

  it('finds it in a grant, and however it is spelt', () => {
    const grant = (ip: string): string => `{ "grants": [{ "src": ["*"], "dst": ["*"], "ip": ["${ip}"] }] }`;
    for (const ip of ['*', 'tcp:*', '1-65535', 'tcp:0-65535']) {
      assert.deepEqual(briefly(path, grant(ip), oneHost), ['policy-allow-all warning *'], ip);
    }
    for (const ip of ['443', 'udp:*', 'icmp:*', 'tcp:80-90'])
      assert.deepEqual(briefly(path, grant(ip), oneHost), [], ip);
    assert.deepEqual(briefly(path, acl('*', '0.0.0.0/0:1-65535'), oneHost), [
      'policy-allow-all warning 0.0.0.0/0:1-65535',
    ]);
  });

  it('is quiet about rules that shut something', () => {
    for (const dst of ['*:443', 'tag:clawql-mcp:*', 'autogroup:self:*', 'autogroup:internet:*', '10.0.0.0/8:*']) {
      assert.deepEqual(briefly(path, acl('*', dst), oneHost), [], dst);
    }
    assert.deepEqual(briefly(path, acl('*', '*:*', '"proto": "icmp", '), oneHost), []);
    assert.deepEqual(briefly(path, acl('*', '*:*').replace(' ],\n}', '}'), oneHost), [], 'a file that is being typed');
  });

  it('says what it means', () => {
    assert.match(onlyProblem(path, acl('*', '*:*'), oneHost).message, /^This rule lets every machine reach every port/);
    assert.match(
      onlyProblem(path, acl('group:ops', '*:*'), oneHost).message,
      /^This rule opens every port of every machine/,
    );
  });

  it('puts the ports of ClawQL in its place, where they are known, and prefers nothing', () => {
    const text = acl('*', '*:*');
    const starter = { 'ClawQL: New ClawQL Policy': 'clawql.newPolicy' };
    assert.deepEqual(fixesOf(path, text, oneHost), {
      'Change it to "tag:clawql-mcp:8080", which opens nothing else': acl('*', 'tag:clawql-mcp:8080'),
      ...starter,
    });
    assert.deepEqual(fixesOf(path, text, {}), starter, 'no host has answered');
    assert.deepEqual(
      fixesOf(path, text.replace('tag:clawql-mcp', 'tag:web'), oneHost),
      starter,
      'the tag is not defined',
    );
  });
});
