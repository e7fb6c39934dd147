import assert from 'node:assert/strict';
import { lint } from '../../../../src/core/diagnostics/lint.ts';
import { starterPolicy } from '../../../../src/core/policy/starterPolicy.ts';
import type { Snapshot } from '../../../../src/core/snapshot.ts';
import { answered, failed, host, laptop, node, report, running, settings, snapshot } from '../../support/builders.ts';
import { oneHost, read, snapshotOf } from '../diagnostics/world.ts';

const inHeadscale = { name: 'hs.example.com', suffix: 'clawql.local' };
const owned = (owner: string): Partial<Snapshot> => ({
  tailnet: running([], { ...inHeadscale, self: { ...laptop, owner } }),
});

/** What is no comment. */
function rules(text: string): string {
  return text.replaceAll(/^ *\/\/.*\n/gm, '');
}

describe('the starter policy', () => {
  it('opens to the user of this machine the ports at which hosts answer, and nothing else', () => {
    const clawql1 = node('clawql-1');
    const clawql2 = node('clawql-2');
    const silent = node('clawql-3');
    const text = starterPolicy(
      snapshot({
        ...owned('dev'),
        hosts: [
          report(host(clawql1), [answered(`https://${clawql1.name}/mcp`), answered(`http://${clawql1.name}:8080/mcp`)]),
          report(host(clawql2), [answered(`http://${clawql2.name}:9000/mcp`)]),
          report(host(silent), [failed(`http://${silent.name}:7000/mcp`, { kind: 'refused', detail: '' })]),
        ],
      }),
    );
    assert.equal(
      rules(text),
      `{
  "groups": {
    "group:clawql-operators": ["dev@"],
    "group:clawql-admins": ["dev@"]
  },

  "tagOwners": {
    "tag:clawql-mcp": ["group:clawql-admins"]
  },

  "acls": [
    {
      "action": "accept",
      "proto": "tcp",
      "src": ["group:clawql-operators"],
      "dst": ["tag:clawql-mcp:443,8080,9000"]
    },
    {
      "action": "accept",
      "proto": "icmp",
      "src": ["group:clawql-operators"],
      "dst": ["tag:clawql-mcp:*"]
    },


    {
      "action": "accept",
      "src": ["autogroup:member"],
      "dst": ["autogroup:self:*"]
    }
  ]
}
`,
    );
    assert.match(text, /at the ports at which clawql-1, clawql-2 answered\./);
  });

  it('says so where the ports are those of the settings', () => {
    const text = starterPolicy(snapshot({ ...owned('dev'), settings: settings({ ports: [8443], tags: ['tag:mcp'] }) }));
    assert.match(text, /No host has answered yet, so these are the ports of the setting clawql\.ports/);
    assert.match(rules(text), /"dst": \["tag:mcp:8443"\]/);
  });

  it('has each tag that a host carries', () => {
    const [one, other] = [node('one', { tags: ['tag:a'] }), node('other', { tags: ['tag:b'] })];
    const hosts = [one, other].map((of) => report(host(of), [answered(`http://${of.name}:8080/mcp`)]));
    const text = rules(
      starterPolicy(snapshot({ hosts, settings: settings({ tags: ['tag:none', 'tag:a', 'tag:b'] }) })),
    );
    assert.match(text, /"tag:a": \["group:clawql-admins"\],\n {4}"tag:b": \["group:clawql-admins"\]\n/);
    assert.ok(text.includes('"tag:a:8080"') && text.includes('"tag:b:8080"') && !text.includes('tag:none'));
  });

  it('names users as the control server writes them, or has a place for them', () => {
    const first = (parts: Partial<Snapshot>): string | undefined =>
      /"group:clawql-operators": \[(.*)\]/.exec(starterPolicy(snapshot(parts)))?.[1];
    assert.equal(first(owned('dev')), '"dev@"');
    assert.equal(first(owned('alice@example.com')), '"alice@example.com"');
    assert.equal(first({ tailnet: running([], inHeadscale) }), '"your-user@"');
    assert.equal(first({ tailnet: { kind: 'checking' } }), '"you@example.com"');
    assert.match(starterPolicy(snapshot()), /Put your users in the place of "you@example\.com"\./);
  });

  it('says how it is used where the tailnet is run, or both ways', () => {
    const [headscale, tailscale] = [/headscale policy check -f clawql-policy\.hujson/, /"Access controls"/];
    const unknown = starterPolicy(snapshot({ tailnet: { kind: 'checking' } }));
    assert.ok(headscale.test(unknown) && tailscale.test(unknown));
    const own = starterPolicy(snapshot(owned('dev')));
    assert.ok(headscale.test(own) && !tailscale.test(own));
    const managed = starterPolicy(snapshot());
    assert.ok(!headscale.test(managed) && tailscale.test(managed));
  });

  it('is a policy in which nothing is found', () => {
    for (const state of [
      snapshot(owned('dev')),
      snapshotOf(oneHost),
      snapshotOf({}),
      snapshot({ tailnet: { kind: 'checking' } }),
    ]) {
      const model = read('/w/clawql-policy.hujson', starterPolicy(state));
      assert.deepEqual(lint(model, state), []);
    }
  });

  it('holds nothing of a name that is no name', () => {
    const wild = node('x', { name: 'a\n"b": [].ts.net' });
    const owner = 'e"ve\n@x';
    const text = starterPolicy(
      snapshot({
        tailnet: running([], { self: { ...laptop, owner } }),
        hosts: [report(host(wild, ['http://a.ts.net:8080/mcp']), [answered('http://a.ts.net:8080/mcp')])],
      }),
    );
    assert.equal(lint(read('/w/p.hujson', text), snapshot()).length, 0);
    assert.doesNotMatch(text, /^"b"/m);
    assert.match(text, /"group:clawql-operators": \["e\\"ve\\n@x"\]/);
  });
});
