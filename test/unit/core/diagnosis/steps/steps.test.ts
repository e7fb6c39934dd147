import assert from 'node:assert/strict';

import { diagnosisOf, type Diagnosis } from '../../../../../src/core/diagnosis/diagnosis.ts';
import type { Evidence } from '../../../../../src/core/diagnosis/evidence.ts';
import { stepsOf } from '../../../../../src/core/diagnosis/steps/steps.ts';
import { answering, evidenceOf, failing, vscode } from '../evidenceOf.ts';

const symbols = { passed: '+', failed: 'x', noted: 'o', running: '…', waiting: '.', skipped: '-' } as const;

function lines(evidence: Evidence, parts: Partial<Diagnosis> = {}): readonly string[] {
  const diagnosis = diagnosisOf({ evidence, startedAt: 0, endedAt: 1, running: [], took: {}, ...parts });
  return stepsOf(diagnosis).map(
    ({ title, state, seen }) => `${symbols[state]} ${title}${seen === '' ? '' : `: ${seen}`}`,
  );
}

describe('the steps of a diagnosis', () => {
  it('are the whole ladder, from the daemon to what the editor holds', () => {
    const looks = { daemon: { where: '/run/tailscaled.sock', version: '1.102.3' } };
    assert.deepEqual(lines(evidenceOf(answering(), looks, { editor: vscode })), [
      '+ Tailscale daemon: answers at /run/tailscaled.sock, version 1.102.3',
      '+ Backend: running',
      '+ Tailnet: alice@example.com, this machine is laptop.tail1a2b3.ts.net',
      '+ Network of this machine: 1 interface',
      '+ Host in the tailnet: clawql-1.tail1a2b3.ts.net, 100.64.0.2, fd7a:115c:a1e0::2, tag:clawql-mcp',
      '+ Connected to the control server: online',
      '+ Node key: does not expire',
      "+ Tailscale's DNS: taken by this machine",
      "+ Name, by the tailnet's status: 100.64.0.2, fd7a:115c:a1e0::2",
      "+ Name, by this machine's resolver: 100.64.0.2",
      '+ Name, by 100.100.100.100: 100.64.0.2',
      '+ Route: into the tailnet, from 100.101.102.103',
      '+ Ping of the node (TSMP): 2.0 ms',
      '+ Ping past its packet filter (ICMP): 2.0 ms',
      '+ Path: direct, 2.0 ms',
      '+ TCP: open at 100.64.0.2',
      '+ healthz, by the editor\'s fetch: "ok", endpoint /mcp',
      '+ MCP initialize: clawql-mcp 5.0.0, protocol 2025-06-18',
      '+ MCP tools/list: 2: search, execute',
      '+ What VS Code holds: observed: VS Code holds its 7 tools now, from http://clawql-1.tail1a2b3.ts.net:8080/mcp, called from this machine.',
    ]);
  });

  it('tell which failed, and what was not reached', () => {
    const silence = { kind: 'silent', afterMs: 4_000 } as const;
    const said = lines(
      evidenceOf(failing({ kind: 'timeout', afterMs: 4_000, detail: 'no answer in time' }), {
        tcp: silence,
        icmp: { kind: 'silent', afterMs: 2_000 },
        doors: [],
      }),
    );
    assert.deepEqual(said.slice(-7), [
      'o Ping past its packet filter (ICMP): no answer within 2.0 s',
      '+ Path: direct, 2.0 ms',
      'x TCP: no answer within 4.0 s',
      "x healthz, by the editor's fetch: no answer in time",
      '- MCP initialize: not reached',
      '- MCP tools/list: not reached',
      'o Other ports of the host: none answers as ClawQL',
    ]);
  });

  it('say which are under way, which wait, and which a cancel left out', () => {
    const evidence = { ...evidenceOf(undefined), looks: { network: { interfaces: 1 } } };
    const under = lines(evidence, { endedAt: undefined as never, running: ['tcp', 'call'] });
    assert.ok(
      under.includes('… TCP') && under.includes("… healthz, by the editor's fetch") && under.includes('. Route'),
      under.join('\n'),
    );
    const cancelled = lines(evidence, { wasCancelled: true });
    assert.ok(cancelled.includes('- Route: cancelled'), cancelled.join('\n'));
  });

  it('end where there is no tailnet', () => {
    const off = { kind: 'off', backendState: 'Stopped', authUrl: '', health: [] } as const;
    const looks = { daemon: { where: '/run/tailscaled.sock', version: '' } };
    assert.deepEqual(lines({ ...evidenceOf(undefined), tailnet: off, looks }), [
      '+ Tailscale daemon: answers at /run/tailscaled.sock',
      'x Backend: Tailscale is stopped on this machine.',
    ]);
  });
});
