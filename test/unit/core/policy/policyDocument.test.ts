import assert from 'node:assert/strict';
import { readDocument } from '../../../../src/core/diagnostics/documentModel.ts';
import { parsePolicy } from '../../../../src/core/policy/policyDocument.ts';
import { useSpan } from '../../../../src/core/policy/nameUse.ts';
import { spanEnd } from '../../../../src/core/text.ts';

const rules = '"acls": [{ "action": "accept", "src": ["*"], "dst": ["*:22"] }]';

function kindOf(path: string, text: string): string | undefined {
  const place = { tracking: 'untracked', besideCompose: false, inWorkspace: true, isHere: true } as const;
  return readDocument({ path, text, ...place })?.kind;
}

describe('which files are tailnet policies', () => {
  it('those that end in .hujson, with a section that only a policy has', () => {
    for (const text of [
      `{ ${rules} }`,
      '{ "tagOwners": { "tag:a": [] } }',
      '{ "groups": { "group:a": [] } }',
      '{ "ssh": [] }',
    ]) {
      assert.equal(kindOf('/w/acl/tailnet.hujson', text), 'policy', text);
      assert.equal(kindOf('/w/tailnet.hujson.example', text), 'policy', text);
    }
    for (const text of ['{ "version": "alpha0" }', '{ "groups": { "a": [] } }', '[]', '', '{ "acls": {} }']) {
      assert.equal(kindOf('/w/tailscaled.hujson', text), undefined, text);
    }
  });

  it('others by their name, only with rules of access', () => {
    for (const path of ['/w/policy.json', '/w/acl.json', '/w/acls.jsonc', '/w/Policy.JSON']) {
      assert.equal(kindOf(path, `{ ${rules} }`), 'policy', path);
      assert.equal(kindOf(path, '{ "grants": [{ "src": ["*"] }] }'), 'policy', path);
      for (const text of [
        '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow" }] }',
        '{ "acls": [] }',
        '{ "ssh": [] }',
      ]) {
        assert.equal(kindOf(path, text), undefined, text);
      }
    }
    assert.equal(kindOf('/w/my-policy.json', `{ ${rules} }`), undefined);
    assert.equal(kindOf('/w/tsconfig.json', `{ ${rules} }`), undefined);
  });
});

describe('the names of a policy', () => {
  const at = (text: string): readonly string[] =>
    (parsePolicy(text, 'likely')?.uses ?? []).map((use) => {
      const span = useSpan(use);
      return `${use.place} ${use.kind} ${text.slice(span.offset, spanEnd(span))}`;
    });

  it('are known with their place, their kind and where they stand', () => {
    const text = `\ufeff{
      "groups": { "group:a": ["alice@", "bob"] }, // "group:b"
      "tagOwners": { "tag:a": ["group:a"] },
      "ACLs": [{ "Users": [" tag:a "], "Ports": ["nas:22", "[fd7a::1]/64:80", "*:*"] }],
      "grants": [{ "src": ["autogroup:member"], "dst": ["10.0.0.0/8"], "ip": ["443"], "via": ["tag:a"] }],
      "autoApprovers": { "routes": { "10.0.0.0/8": ["tag:a"] }, "exitNode": ["alice@"] },
      "nodeAttrs": [{ "target": ["*"] }],
      "ssh": [{ "src": ["group:a"], "dst": ["tag:a"] }],
      "tests": [{ "src": "alice@", "accept": ["tag:a:22"], "deny": [7] }],
    }`;
    assert.deepEqual(at(text), [
      'source tag tag:a',
      'destination bare nas',
      'destination address [fd7a::1]/64',
      'destination any *',
      'source autogroup autogroup:member',
      'destination address 10.0.0.0/8',
      'via tag tag:a',
      'group-member user alice@',
      'group-member bare bob',
      'tag-owner group group:a',
      'approver user alice@',
      'approver tag tag:a',
      'target any *',
      'ssh-source group group:a',
      'ssh-destination tag tag:a',
      'test user alice@',
      'test tag tag:a',
    ]);
  });

  it('are what could be read of a file that is being typed', () => {
    const text = '{ "tagOwners": { "tag:a": ["alice@", "bo';
    assert.deepEqual(at(text), ['tag-owner user alice@']);
    assert.equal(parsePolicy('{ "acls": [ { "src": [', 'evident')?.uses.length, 0);
  });
});
