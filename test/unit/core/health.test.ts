import assert from 'node:assert/strict';

import { eraOf, healthOf, type Health, type HealthEvidence } from '../../../src/core/health.ts';
import { backendStates, type TailnetState } from '../../../src/core/tailnet/tailnet.ts';
import { diagnosisOf } from '../../../src/core/diagnosis/diagnosis.ts';
import { evidenceOf } from './diagnosis/evidenceOf.ts';
import { answered, failed, host, laptop, node, report, running, selectionOf } from '../support/builders.ts';

const clawql = node('clawql-1');
const [https, http] = ['https://clawql-1.tail1a2b3.ts.net/mcp', 'http://clawql-1.tail1a2b3.ts.net:8080/mcp'] as const;

function health(parts: Partial<HealthEvidence> = {}): Health {
  return healthOf({
    tailnet: running([clawql]),
    hosts: [report(host(clawql), [answered(https)], 5_000)],
    selection: selectionOf(clawql),
    settings: { tags: ['tag:clawql-mcp'] },
    since: 1_000,
    vantage: {},
    trusted: true,
    ...parts,
  });
}

/** The parts of a health that says something; fails for the two that do not. */
function said(of: Health): Extract<Health, { cause: string }> {
  assert.ok('cause' in of, of.kind);
  return of;
}

describe('healthOf', () => {
  it('is not selected, whatever else is so', () => {
    for (const tailnet of [running([clawql]), { kind: 'checking' }] satisfies TailnetState[]) {
      assert.deepEqual(health({ selection: undefined, tailnet }), { kind: 'not-selected' });
    }
  });

  it('is checking while the tailnet is', () => {
    assert.deepEqual(health({ tailnet: { kind: 'checking' } }), { kind: 'checking', label: 'clawql-1' });
  });

  it('is not known where the workspace is not trusted, and says so: no answer is on its way', () => {
    const { kind, code, cause, at } = said(health({ trusted: false, hosts: [report(host(clawql), [])] }));
    assert.deepEqual([kind, code, at], ['unknown', 'not-trusted', 1_000]);
    assert.match(cause, /not trusted, so the server is not asked/);
    const off = { kind: 'off', backendState: 'Stopped', authUrl: '', health: [] } as const;
    assert.equal(said(health({ trusted: false, hosts: [], tailnet: off })).code, 'stopped');
  });

  it('says what to do about a daemon that starts and does not come to an end, and begins no era with it', () => {
    const starting = health({ tailnet: { kind: 'off', backendState: 'Starting', authUrl: '', health: [] } });
    const { kind, code, remedy } = said(starting);
    assert.deepEqual([kind, code], ['unknown', 'starting']);
    assert.ok(remedy !== undefined);
    const before = { hostId: 'clawql-1', kind: 'ok', since: 5 } as const;
    assert.deepEqual(eraOf(starting, 'clawql-1', before, 9), before);
  });

  it('is an error with the reason where there is no tailnet, since it is so', () => {
    const failure = { kind: 'not-found', where: '/run/x.sock', detail: '' } as const;
    const { kind, label, cause, remedy, at } = said(health({ tailnet: { kind: 'unavailable', failure } }));
    assert.deepEqual([kind, label, at], ['error', 'clawql-1', 1_000]);
    assert.match(cause, /No Tailscale daemon/);
    assert.match(remedy ?? '', /start Tailscale/);
  });

  for (const backendState of backendStates.filter((state) => state !== 'Running')) {
    it(`does not say that the server is well while the backend is in ${backendState}`, () => {
      const { kind } = health({ tailnet: { kind: 'off', backendState, authUrl: '', health: [] } });
      assert.notEqual(kind, 'ok');
      assert.notEqual(kind, 'warning');
    });
  }

  it('is not known in another tailnet than the one of the choice: nothing is claimed of a host that cannot be seen', () => {
    const { kind, cause, remedy, at } = said(health({ tailnet: running([clawql], { name: 'work.example' }) }));
    assert.deepEqual([kind, at], ['unknown', 1_000]);
    assert.match(cause, /alice@example\.com.*work\.example/);
    assert.match(remedy ?? '', /Switch/);
  });

  it('is an error where the node is gone, by the tags for which it was looked', () => {
    const { kind, label, cause, at } = said(
      health({ tailnet: running([]), hosts: [], settings: { tags: ['tag:a', 'tag:b'] } }),
    );
    assert.deepEqual([kind, label, at], ['error', 'clawql-1', 1_000]);
    assert.match(cause, /tag:a or tag:b/);
  });

  it('is a warning where the node is there and carries none of the tags any more', () => {
    const { kind, code, cause, at } = said(health({ hosts: [] }));
    assert.deepEqual([kind, code, at], ['warning', 'untagged', 1_000]);
    assert.match(cause, /carries tag:clawql-mcp no more, so it is not asked/);
  });

  it('is checking while what is known is from before a sleep', () => {
    const stale = { ...report(host(clawql), [answered(https)], 5_000), stale: true as const };
    assert.deepEqual(health({ hosts: [stale] }), { kind: 'checking', label: 'clawql-1' });
    assert.equal(
      health({ hosts: [stale], tailnet: { kind: 'off', backendState: 'Stopped', authUrl: '', health: [] } }).kind,
      'error',
    );
  });

  it('speaks of the selected endpoint, whatever another one of the host says', () => {
    const silent = failed(http, { kind: 'timeout', afterMs: 4_000, detail: '' });
    const other = failed(https, { kind: 'http-status', status: 404, detail: '' }, 'healthz');
    const hosts = [report(host(clawql), [other, silent], 5_000)];
    const { cause } = said(health({ hosts, selection: selectionOf(clawql, { url: http }) }));
    assert.match(cause, /^clawql-1\.tail1a2b3\.ts\.net:8080 did not answer/);
    const unasked = health({
      hosts: [report(host(clawql), [other], 5_000)],
      selection: selectionOf(clawql, { url: http }),
    });
    assert.match(said(unasked).cause, /:443 answers with HTTP 404/);
  });

  it('is explained by a diagnosis as long as the endpoint fails as it did then', () => {
    const silent = failed(https, { kind: 'timeout', afterMs: 4_000, detail: '' });
    const refused = failed(https, { kind: 'refused', detail: '' });
    const evidence = evidenceOf(silent, { tcp: { kind: 'silent', afterMs: 4_000 } });
    const diagnosis = diagnosisOf({ evidence, startedAt: 0, endedAt: 1, running: [], took: {} });
    const withReport = (outcome: typeof silent) =>
      said(health({ hosts: [report(host(clawql), [outcome], 5_000)], diagnosis }));
    assert.equal(withReport(silent).code, 'port-filtered');
    assert.equal(withReport(refused).code, 'port-closed');
    assert.equal(said(health({ diagnosis })).code, 'ok');
  });

  it('calls the node by the name that it has now', () => {
    const renamed = { ...clawql, name: 'clawql-9.tail1a2b3.ts.net' };
    const hosts = [report(host(renamed), [answered('https://clawql-9.tail1a2b3.ts.net/mcp')], 5_000)];
    assert.equal(said(health({ hosts })).label, 'clawql-9');
  });

  it('is an error for an expired key, even where an older probe answered', () => {
    const expired = { ...clawql, expired: true };
    const { kind, cause, at } = said(health({ hosts: [report(host(expired), [answered(https)], 5_000)] }));
    assert.deepEqual([kind, at], ['error', 1_000]);
    assert.match(cause, /expired/);
  });

  it('is an error for an offline node, with the time when it was seen last if that is known', () => {
    const offline = (lastSeen: object): string =>
      said(health({ hosts: [report(host({ ...clawql, online: false, ...lastSeen }), [])] })).cause;
    assert.equal(offline({}), 'The node is offline.');
    assert.equal(offline({ lastSeen: '2026-08-22T11:02:00Z' }), 'The node is offline, last seen 2026-08-22 11:02 UTC.');
  });

  it('is a warning for an offline node that answers all the same', () => {
    const hosts = [report(host({ ...clawql, online: false }), [answered(https)], 5_000)];
    const { kind, cause, at } = said(health({ hosts }));
    assert.deepEqual([kind, at], ['warning', 5_000]);
    assert.match(cause, /answers at .*The control server takes the node for offline all the same\.$/);
  });

  it('says when a server that does not answer now answered last', () => {
    const refused = failed(https, { kind: 'refused', detail: '' });
    const gone = said(health({ hosts: [{ ...report(host(clawql), [refused], 5_000), answeredAt: 4_000 }] }));
    assert.deepEqual([gone.kind, gone.answeredAt], ['error', 4_000]);
    const well = said(health({ hosts: [{ ...report(host(clawql), [answered(https)], 5_000), answeredAt: 5_000 }] }));
    assert.equal(well.answeredAt, undefined);
  });

  it('asks nothing of the tailnet for an endpoint that the user entered', () => {
    const url = 'https://clawql.example.com/mcp';
    const entered = {
      id: url,
      label: 'clawql.example.com',
      name: 'clawql.example.com',
      evidence: { kind: 'entered', url } as const,
      candidates: [url],
    };
    const selection = { hostId: url, label: 'clawql.example.com', url };
    const tailnet: TailnetState = { kind: 'off', backendState: 'Stopped', authUrl: '', health: [] };
    const { kind, label } = said(health({ tailnet, selection, hosts: [report(entered, [answered(url)], 5_000)] }));
    assert.deepEqual([kind, label], ['ok', 'clawql.example.com']);
  });

  it('does not believe the control server that this machine itself is offline', () => {
    const self = { ...laptop, online: false, tags: ['tag:clawql-mcp'] };
    const hosts = [report(host(self), [answered(`https://${self.name}/mcp`)], 5_000)];
    assert.equal(health({ hosts, selection: selectionOf(self) }).kind, 'ok');
  });

  it('is checking before the first answer', () => {
    assert.deepEqual(health({ hosts: [report(host(clawql), [])] }), { kind: 'checking', label: 'clawql-1' });
  });

  it('is well where one endpoint answers, with the time of the answer', () => {
    const refused = failed(https, { kind: 'refused', detail: '' });
    const { kind, cause, remedy, at } = said(
      health({ hosts: [report(host(clawql), [refused, answered(http)], 5_000)] }),
    );
    assert.deepEqual([kind, at, remedy], ['ok', 5_000, undefined]);
    assert.ok(cause.includes(http));
  });

  it('speaks of the endpoint that this editor uses, not of a more wanted one that answers too', () => {
    const hosts = [report(host(clawql), [answered(https), answered(http)], 5_000)];
    const { cause } = said(health({ hosts, selection: selectionOf(clawql, { url: http }) }));
    assert.ok(cause.includes(http), cause);
  });

  it('does not say that all is well where the endpoint that this editor uses is unwell and another one is not', () => {
    const degraded = answered(http, { healthz: { status: 'degraded', endpoint: '/mcp' } });
    const hosts = [report(host(clawql), [answered(https), degraded], 5_000)];
    assert.equal(health({ hosts, selection: selectionOf(clawql, { url: http }) }).kind, 'warning');
  });

  it('is a warning where the server answers and is not well', () => {
    const problem = answered(https, { healthz: { status: 'degraded', endpoint: '/mcp' } });
    assert.equal(health({ hosts: [report(host(clawql), [problem], 5_000)] }).kind, 'warning');
  });

  it('goes by the failure that got furthest', () => {
    const refused = failed(https, { kind: 'refused', detail: '' }, 'connect');
    const forbidden = failed(http, { kind: 'invalid-host', detail: '' }, 'healthz');
    for (const outcomes of [
      [refused, forbidden],
      [forbidden, refused],
    ]) {
      assert.match(said(health({ hosts: [report(host(clawql), outcomes, 5_000)] })).cause, /MCP_HOST/);
    }
  });

  it('is no green where this editor is kept from a server that answers', () => {
    const editor = {
      name: 'VS Code',
      proof: { kind: 'simulated', tools: 7, why: '', vantage: {} },
      startedWithoutTools: false,
      blockedBy: { setting: 'chat.mcp.access', value: 'none' },
    } as const;
    const { kind, code, cause } = said(health({ editor }));
    assert.deepEqual([kind, code], ['warning', 'editor-shows-no-tools']);
    assert.match(cause, /VS Code does not use it: chat\.mcp\.access is none/);
  });

  it('says the same whichever of two failures came first', () => {
    const refused = failed(https, { kind: 'refused', detail: '' });
    const silent = failed(http, { kind: 'timeout', afterMs: 4_000, detail: '' });
    const [one, other] = [
      [refused, silent],
      [silent, refused],
    ].map((outcomes) => health({ hosts: [report(host(clawql), outcomes, 5_000)] }));
    assert.deepEqual(one, other);
  });
});

describe('the era of a health', () => {
  const ok = health();
  const bad = health({ hosts: [report(host(clawql), [failed(https, { kind: 'refused', detail: '' })], 5_000)] });

  it('lasts as long as the kind does, and begins anew with another one or another server', () => {
    const first = eraOf(ok, 'a', undefined, 10);
    assert.deepEqual(first, { hostId: 'a', kind: 'ok', since: 10 });
    assert.equal(eraOf(ok, 'a', first, 20), first);
    assert.deepEqual(eraOf(bad, 'a', first, 30), { hostId: 'a', kind: 'error', since: 30 });
    assert.deepEqual(eraOf(ok, 'b', first, 40), { hostId: 'b', kind: 'ok', since: 40 });
  });

  it('is not broken by a check, of which nothing is said yet', () => {
    const first = eraOf(ok, 'a', undefined, 10);
    const checked = eraOf({ kind: 'checking', label: 'a' }, 'a', first, 20);
    assert.equal(eraOf(ok, 'a', checked, 30)?.since, 10);
    assert.equal(eraOf({ kind: 'not-selected' }, '', first, 20), undefined);
  });
});
