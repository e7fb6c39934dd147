import assert from 'node:assert/strict';
import { ofRule, oneHost } from '../world.ts';

const { briefly, fixesOf, onlyProblem } = ofRule('policy-destination');

const path = '/w/policy.hujson';
const acl = (dst: string, more = ''): string =>
  `{\n  "tagOwners": { "tag:clawql-mcp": [] },\n  "acls": [{ "action": "accept", ${more}"src": ["*"], "dst": ["${dst}", "nas:22"] }], // one\n}\n`;
const grant = (dst: string): string => `{ "grants": [{ "src": ["*"], "dst": ["${dst}"], "ip": ["tcp:443"] }] }`;

describe('policy-destination', () => {
  it('finds destinations without ports', () => {
    for (const dst of [
      'tag:clawql-mcp',
      'group:ops',
      'autogroup:self',
      '100.64.0.9',
      '10.0.0.0/8',
      'nas',
      '*',
      'alice@example.com',
    ]) {
      assert.deepEqual(briefly(path, acl(dst), oneHost), [`policy-destination error ${dst}`], dst);
    }
  });

  it('finds what are no ports', () => {
    for (const ports of ['443, 80', '0', '70000', '90-80', 'https', '443,', '-1', '80-', '']) {
      const dst = `tag:clawql-mcp:${ports}`;
      assert.deepEqual(briefly(path, acl(dst), oneHost), [`policy-destination error ${dst}`], dst);
    }
  });

  it('finds ports of a protocol that has none, and in a grant', () => {
    assert.deepEqual(briefly(path, acl('*:8', '"proto": "icmp", ').replace(', "nas:22"', ''), oneHost), [
      'policy-destination error *:8',
    ]);
    assert.deepEqual(briefly(path, grant('tag:clawql-mcp:443'), oneHost), [
      'policy-destination error tag:clawql-mcp:443',
    ]);
  });

  it('is quiet about what the control servers take', () => {
    for (const dst of [
      'tag:clawql-mcp:443',
      '*:*',
      '*:0-65535',
      'nas:22,80-90',
      '[fd7a::1]:443',
      'fd7a::1:443',
      'alice@:1',
    ]) {
      assert.deepEqual(briefly(path, acl(dst), oneHost), [], dst);
    }
    for (const proto of ['tcp', '6', 'UDP', '17', 'sctp', '132']) {
      assert.deepEqual(briefly(path, acl('*:443', `"proto": "${proto}", `), oneHost), [], proto);
    }
    for (const dst of ['tag:clawql-mcp', '*', 'fd7a::1', 'svc:web'])
      assert.deepEqual(briefly(path, grant(dst), oneHost), [], dst);
    assert.deepEqual(briefly(path, acl(''), oneHost), [], 'one that is being typed');
  });

  it('says what to write', () => {
    assert.equal(
      onlyProblem(path, acl('tag:clawql-mcp'), oneHost).message,
      '"tag:clawql-mcp" has no ports: the control server refuses the whole policy. Write them behind it, as in "tag:clawql-mcp:443"; "*" is all of them.',
    );
    assert.match(onlyProblem(path, acl('*:443, 80'), oneHost).message, /^"443, 80" behind "\*" are no ports: /);
    assert.match(onlyProblem(path, grant('tag:a:1'), oneHost).message, /Write them into "ip", as in "tcp:443"\.$/);
  });

  it('writes the port at which ClawQL answers behind its tag, and no other', () => {
    assert.deepEqual(fixesOf(path, acl('tag:clawql-mcp'), oneHost), {
      'Open port 8080, at which ClawQL answers': acl('tag:clawql-mcp:8080'),
    });
    assert.deepEqual(fixesOf(path, acl('tag:clawql-mcp'), {}), {});
    assert.deepEqual(fixesOf(path, acl('tag:web'), oneHost), {});
  });
});
