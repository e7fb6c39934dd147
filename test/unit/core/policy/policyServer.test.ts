import assert from 'node:assert/strict';
import { parsePolicy } from '../../../../src/core/policy/policyDocument.ts';
import { policyServerOf } from '../../../../src/core/policy/policyServer.ts';
import { controlServerOf } from '../../../../src/core/tailnet/controlServer.ts';
import { running } from '../../support/builders.ts';

const inTailscale = running([]);
const inHeadscale = running([], { suffix: 'clawql.local' });
const nowhere = { kind: 'checking' } as const;

function told(path: string, text: string, state: Parameters<typeof policyServerOf>[2]): string | undefined {
  const document = parsePolicy(text, 'likely');
  assert.ok(document);
  const server = policyServerOf(path, document, state);
  return server && `${server.kind} by ${server.by}`;
}

describe('who runs a tailnet', () => {
  it('is told by the suffix of its names', () => {
    assert.equal(controlServerOf(inTailscale), 'tailscale');
    assert.equal(controlServerOf(running([], { suffix: 'alice.beta.tailscale.net' })), 'tailscale');
    assert.equal(controlServerOf(inHeadscale), 'headscale');
    assert.equal(controlServerOf(running([], { suffix: 'notts.net' })), 'headscale');
    assert.equal(controlServerOf(running([], { suffix: '' })), undefined);
    assert.equal(controlServerOf(nowhere), undefined);
  });
});

describe('whose a policy is', () => {
  const plain = '{ "acls": [] }';

  it("is told by the file's name, then by its folder, whatever the tailnet", () => {
    assert.equal(told('/w/headscale.hujson', plain, inTailscale), 'headscale by file');
    assert.equal(told('/w/Headscale/acl.hujson', plain, inTailscale), 'headscale by file');
    assert.equal(told('/w/headscale/tailscale-acl.hujson', plain, inHeadscale), 'tailscale by file');
    assert.equal(told('/headscale/w/a.hujson', plain, nowhere), undefined);
  });

  it('is told by what it says, and at last by the tailnet', () => {
    assert.equal(told('/w/a.hujson', '{ "groups": { "group:a": ["dev@"] } }', inTailscale), 'headscale by file');
    assert.equal(told('/w/a.hujson', `// Headscale\n${plain}`, nowhere), 'headscale by file');
    assert.equal(told('/w/a.hujson', `// Headscale\n${plain}`, inTailscale), 'headscale by file');
    assert.equal(
      told('/w/a.hujson', '// Headscale\n{ "acls": [], "postures": {} }', inTailscale),
      'tailscale by tailnet',
    );
    const moved = '// moved here from headscale\n{ "acls": [], "postures": {} }';
    assert.equal(told('/w/a.hujson', moved, nowhere), undefined);
    assert.equal(told('/w/a.hujson', moved, inHeadscale), 'headscale by file');
    assert.equal(told('/w/a.hujson', plain, inHeadscale), 'headscale by tailnet');
    assert.equal(told('/w/a.hujson', plain, nowhere), undefined);
  });
});
