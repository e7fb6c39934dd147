import assert from 'node:assert/strict';
import { ofRule, oneHost, taggedSelf, type Place } from '../world.ts';

const { briefly, fixesOf, onlyProblem } = ofRule('env-mcp-host');
const file = '/w/.env';
const onHost = { ...oneHost, self: taggedSelf };

describe('env-mcp-host', () => {
  it('finds the three values for which ClawQL checks the Host header', () => {
    for (const value of ['127.0.0.1', 'localhost', '::1']) {
      assert.deepEqual(briefly(file, `CLAWQL_X=1\nMCP_HOST=${value}`, oneHost), [`env-mcp-host warning ${value}`]);
    }
    assert.deepEqual(briefly(file, '\ufeffexport MCP_HOST = "localhost" # why\r\nCLAWQL_MCP_URL=x\r\n', oneHost), [
      'env-mcp-host warning localhost',
    ]);
    assert.deepEqual(briefly(file, 'CLAWQL_X=1\nMCP_HOST=localhost', oneHost, { besideCompose: true }), [
      'env-mcp-host warning localhost',
    ]);
  });

  it('is information in an example, and where ClawQL may not read it', () => {
    const places: readonly (readonly [string, Place])[] = [
      ['/w/.env.example', {}],
      ['/w/.env.local', {}],
      [file, { isHere: false }],
    ];
    for (const [path, place] of places) {
      assert.deepEqual(briefly(path, 'CLAWQL_X=1\nMCP_HOST=::1', onHost, place), ['env-mcp-host information ::1']);
    }
  });

  describe('is quiet about', () => {
    for (const text of [
      'CLAWQL_X=1\nMCP_HOST=0.0.0.0',
      'CLAWQL_X=1\nMCP_HOST=::',
      'CLAWQL_X=1\nMCP_HOST=',
      'CLAWQL_X=1\nMCP_HOST=mac-mini.clawql.local',
      'CLAWQL_X=1\nMCP_HOST=127.0.0.1\nMCP_HOST=0.0.0.0',
      'CLAWQL_X=1\nMCP_HOST=${MCP_HOST:-localhost}',
      'CLAWQL_X=1\nHOST=127.0.0.1\nGRPC_BIND=127.0.0.1',
      'MCP_HOST=127.0.0.1\nMCP_PORT=8080',
    ]) {
      it(JSON.stringify(text), () => {
        assert.deepEqual(briefly(file, text, onHost), []);
      });
    }
  });

  it('says what ClawQL answers then', () => {
    const what =
      'ClawQL answers 403 "Invalid Host" to every request that names the machine by its name or address in the tailnet, through Tailscale Serve too. ' +
      'It listens on all interfaces either way.';
    assert.equal(
      onlyProblem(file, 'CLAWQL_X=1\nMCP_HOST=localhost', oneHost).message,
      `With MCP_HOST=localhost ${what} Set 0.0.0.0 if the tailnet is to reach this ClawQL.`,
    );
    assert.equal(
      onlyProblem(file, 'CLAWQL_X=1\nMCP_HOST=::1', onHost).message,
      `With MCP_HOST=::1 ${what} This machine is a ClawQL host of the tailnet: set 0.0.0.0.`,
    );
  });

  it('mends the value, by itself only on a host of the tailnet', () => {
    const text = "export MCP_HOST='127.0.0.1' # why\r\nCLAWQL_X=1\r\n";
    const mended = "export MCP_HOST='0.0.0.0' # why\r\nCLAWQL_X=1\r\n";
    assert.deepEqual(fixesOf(file, text, oneHost), { 'Use 0.0.0.0': mended });
    assert.deepEqual(fixesOf(file, text, onHost), { '* Use 0.0.0.0': mended });
    assert.deepEqual(fixesOf(file, text, onHost, { isHere: false }), { 'Use 0.0.0.0': mended });
  });
});
