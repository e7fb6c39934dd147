import assert from 'node:assert/strict';
import type { ProbeOutcome } from '../../../../../src/core/mcp/probeOutcome.ts';
import { answered, failed, host, node, report, running } from '../../../support/builders.ts';
import { mcp, ofRule, type World } from '../world.ts';

const { briefly, fixesOf, onlyProblem } = ofRule('mcp-path');

const file = '/w/.cursor/mcp.json';
const name = 'clawql-1.tail1a2b3.ts.net';
const clawql = node('clawql-1', { addresses: ['100.64.0.1'] });
const seen = (...outcomes: readonly ProbeOutcome[]): World => ({
  snapshot: { tailnet: running([clawql]), hosts: [report(host(clawql), outcomes)] },
});
const direct = seen(answered(`http://${name}:8080/mcp`));
const mounted = seen(
  failed(`https://${name}/mcp`, { kind: 'http-status', status: 404, detail: '' }, 'healthz'),
  answered(`https://${name}/clawql/mcp`),
);
const problems = (url: string, world: World): readonly string[] => briefly(file, mcp('mcpServers', 'a', url), world);

describe('mcp-path', () => {
  it('finds another path behind the door at which the host answered, by any of its names', () => {
    for (const url of [
      `http://${name}:8080/sse`,
      'http://clawql-1:8080/',
      'http://clawql-1:8080',
      `http://${name}:8080/x?y=1`,
    ]) {
      assert.deepEqual(problems(url, direct), [`mcp-path warning ${url}`]);
    }
    assert.ok(problems('http://100.64.0.1:8080/sse', direct).includes('mcp-path warning http://100.64.0.1:8080/sse'));
  });

  it('finds a path that was tried, where a mount answers', () => {
    for (const url of [`https://${name}/mcp`, `https://${name}/clawql`, `https://${name}/clawql/sse`]) {
      assert.deepEqual(problems(url, mounted), [`mcp-path warning ${url}`]);
    }
  });

  it('finds it in the URL that mcp-remote is given', () => {
    const text = `{"mcpServers":{"a":{"command":"npx","args":["mcp-remote","http://${name}:8080/sse","--allow-http"]}}}`;
    assert.deepEqual(briefly(file, text, direct), [`mcp-path warning http://${name}:8080/sse`]);
  });

  describe('is quiet about', () => {
    const quiet: readonly (readonly [string, string, World])[] = [
      ['the path that answers', `http://${name}:8080/mcp`, direct],
      ['a slash at its end', `http://${name}:8080/mcp/`, direct],
      ['another port', `http://${name}:80/sse`, direct],
      ['another scheme', `https://${name}:8080/sse`, direct],
      ['another host', 'http://clawql-2.tail1a2b3.ts.net:8080/sse', direct],
      ['another mount, which nobody asked', `https://${name}/other/mcp`, mounted],
      ['a host that has not answered', `http://${name}:8080/sse`, seen()],
      [
        'a host that cannot be reached',
        `http://${name}:8080/sse`,
        seen(failed(`http://${name}:8080/mcp`, { kind: 'refused', detail: '' })),
      ],
      [
        'a path at which somebody asks for a sign-in',
        `https://${name}/mcp`,
        seen(
          failed(`https://${name}/mcp`, { kind: 'sign-in', detail: '' }, 'initialize'),
          answered(`https://${name}/clawql/mcp`),
        ),
      ],
      ['a variable', 'http://${env:H}:8080/sse', direct],
    ];
    for (const [what, url, world] of quiet) it(what, () => assert.deepEqual(problems(url, world), []));
  });

  it('says where ClawQL answers', () => {
    assert.equal(
      onlyProblem(file, mcp('mcpServers', 'a', `http://${name}:8080/sse?k=v`), direct).message,
      `MCP server "a" points at the path /sse of ${name}:8080, where ClawQL does not answer: it answers at /mcp. Put that path there.`,
    );
  });

  it('mends the path alone', () => {
    const text = `{"mcpServers": {"a": {"url": "http://CLAWQL-1:8080/sse?x=1", /* ours */ }, }}`;
    assert.deepEqual(fixesOf(file, text, direct), {
      '* Use the path /mcp': text.replace('/sse', '/mcp'),
    });
    const two = seen(answered(`https://${name}/a/mcp`), answered(`https://${name}/b/mcp`), ...tried());
    assert.deepEqual(fixesOf(file, mcp('mcpServers', 'a', `https://${name}/mcp`), two), {
      'Use the path /a/mcp': mcp('mcpServers', 'a', `https://${name}/a/mcp`),
      'Use the path /b/mcp': mcp('mcpServers', 'a', `https://${name}/b/mcp`),
    });
  });
});

function tried(): readonly ProbeOutcome[] {
  return [failed(`https://${name}/mcp`, { kind: 'not-clawql', detail: '' }, 'healthz')];
}
