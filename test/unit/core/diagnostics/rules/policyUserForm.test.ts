import assert from 'node:assert/strict';
import { fixAll } from '../../../../../src/core/diagnostics/fixAll.ts';
import { applyEdits } from '../../../../../src/core/text.ts';
import { node, running } from '../../../support/builders.ts';
import { ofRule, oneHost, problemsOf, type World } from '../world.ts';

const { briefly, fixesOf, onlyProblem } = ofRule('policy-user-form');

const path = '/w/headscale/policy.hujson';
const group = (user: string): string => `{\n  // ours\n  "groups": { "group:ops": ["${user}",] },\n  "acls": [],\n}\n`;
const ofAlice = node('phone', { tags: [], owner: 'alice@example.com' });
const tailscale: World = { peers: [ofAlice] };

/** As ClawQL's own starter is built: people and accounts of machines, all without `@`. */
const starter = `{
  // Least privilege.
  "groups": {
    "group:clawql-admins": ["alice"],
    "group:clawql-operators": ["alice", "bob"]
  },
  "tagOwners": {
    "tag:clawql-mcp": ["group:clawql-admins", "svc-mcp"]
  },
  "acls": [
    {
      "action": "accept",
      "src": ["group:clawql-operators"],
      "proto": "tcp",
      "dst": ["tag:clawql-mcp:8080,50051"]
    },
    { "action": "accept", "src": ["alice"], "dst": ["alice:*"] },
    { "action": "accept", "src": ["svc-mcp"], "dst": ["svc-mcp:*"] }
  ]
}
`;
const mended = starter.replaceAll(/"(alice|bob|svc-mcp)(:\*)?"/g, '"$1@$2"');

describe('policy-user-form', () => {
  it('finds names that can be none but users', () => {
    for (const section of [
      '"groups": { "group:a": ["alice"] }',
      '"tagOwners": { "tag:a": ["alice"] }',
      '"autoApprovers": { "exitNode": ["alice"], "routes": {} }',
      '"ssh": [{ "action": "accept", "src": ["alice"], "dst": ["autogroup:self"], "users": ["root"] }]',
    ]) {
      assert.deepEqual(briefly(path, `{ ${section}, "acls": [] }`, oneHost), ['policy-user-form error alice'], section);
    }
  });

  it('finds a user in a rule by the tailnet', () => {
    const text = '{ "acls": [{ "action": "accept", "src": ["alice"], "dst": ["*:22"] }] }';
    assert.deepEqual(briefly(path, text, tailscale), ['policy-user-form error alice']);
    assert.deepEqual(briefly(path, text, oneHost), [], 'it may be a host');
  });

  it('is quiet about users with "@", about hosts, and about names of other kinds', () => {
    for (const user of ['alice@', 'alice@example.com', 'alice@github', 'user:*@example.com']) {
      assert.deepEqual(briefly(path, group(user), oneHost), [], user);
    }
    const host =
      '{ "hosts": { "alice": "100.64.0.9" }, "acls": [{ "action": "accept", "src": ["alice"], "dst": ["alice:22"] }] }';
    assert.deepEqual(briefly(path, host, tailscale), []);
  });

  it("takes ClawQL's own starter, and Fix All makes of it what Headscale takes", () => {
    const problems = problemsOf(path, starter, oneHost);
    assert.deepEqual([...new Set(problems.map(({ ruleId }) => ruleId))], ['policy-user-form']);
    assert.equal(problems.length, 8);
    assert.equal(applyEdits(starter, fixAll(problems)), mended);
    assert.deepEqual(problemsOf(path, mended, oneHost), []);
    const all = problems[0]?.fixes().find(({ title }) => title === 'Write all 8 with "@"');
    assert.ok(all?.kind === 'edit' && !all.isPreferred);
    assert.equal(applyEdits(starter, all.edits), mended);
  });

  it('is told for Headscale where nothing says whose policy it is, and for Tailscale where that runs the tailnet', () => {
    const nowhere: World = { snapshot: { tailnet: { kind: 'checking' } } };
    const headscale: World = { snapshot: { tailnet: running([], { suffix: 'clawql.local' }) } };
    for (const world of [nowhere, headscale]) {
      assert.match(
        onlyProblem('/w/policy.hujson', group('alice'), world).message,
        /: Headscale \(from 0\.26 on\) refuses /,
      );
    }
    assert.match(
      onlyProblem('/w/policy.hujson', group('alice'), oneHost).message,
      /: Tailscale refuses .*such as "name@example\.com"\.$/,
    );
  });

  it('writes what the control server takes', () => {
    assert.deepEqual(fixesOf(path, group('alice'), tailscale), { '* Write "alice@"': group('alice@') });
    assert.deepEqual(fixesOf('/w/policy.hujson', group('alice'), tailscale), {
      '* Write "alice@example.com"': group('alice@example.com'),
    });
    const two: World = { peers: [ofAlice, node('tablet', { tags: [], owner: 'alice@example.org' })] };
    assert.deepEqual(fixesOf('/w/policy.hujson', group('alice'), two), {
      'Write "alice@example.com"': group('alice@example.com'),
      'Write "alice@example.org"': group('alice@example.org'),
    });
    assert.deepEqual(fixesOf('/w/policy.hujson', group('alice'), oneHost), {});
  });
});
