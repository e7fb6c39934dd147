import assert from 'node:assert/strict';

import { variablesFor } from '../../../src/core/mcp/variables.ts';
import { EnvironmentProjection, type Environment } from '../../../src/services/environmentProjection.ts';
import { describe as inWords } from '../../../src/services/projectionService.ts';
import { node, selectionOf } from '../support/builders.ts';

const here = (url: string): ReturnType<typeof selectionOf> => selectionOf(node('clawql-1'), { url });
const first = here('http://clawql-1.tail1a2b3.ts.net:8080/mcp');
const second = here('https://clawql-2.tail1a2b3.ts.net/mcp');

const ofFirst = { CLAWQL_MCP_HOST: 'clawql-1.tail1a2b3.ts.net:8080', CLAWQL_MCP_URL: first.url };
const ofSecond = { CLAWQL_MCP_HOST: 'clawql-2.tail1a2b3.ts.net', CLAWQL_MCP_URL: second.url };

function projection(environment: Environment): EnvironmentProjection {
  return new EnvironmentProjection(environment, variablesFor);
}

describe('EnvironmentProjection', () => {
  it('sets the variables, follows the selection, and takes them away again', () => {
    const environment: Environment = { PATH: '/bin' };
    const of = projection(environment);
    assert.deepEqual(of.apply(first), {
      kind: 'applied',
      value: `CLAWQL_MCP_HOST=${ofFirst.CLAWQL_MCP_HOST}, CLAWQL_MCP_URL=${ofFirst.CLAWQL_MCP_URL}`,
    });
    assert.deepEqual(environment, { PATH: '/bin', ...ofFirst });
    of.apply(second);
    assert.deepEqual(environment, { PATH: '/bin', ...ofSecond });
    assert.deepEqual(of.remove(), { kind: 'absent' });
    assert.deepEqual(environment, { PATH: '/bin' });
  });

  it('does so in the real environment of a process', () => {
    const of = projection(process.env);
    of.apply(first);
    const seen = process.env['CLAWQL_MCP_HOST'];
    of.remove();
    assert.equal(seen, ofFirst.CLAWQL_MCP_HOST);
    assert.ok(!('CLAWQL_MCP_HOST' in process.env));
  });

  it("leaves a user's own value alone, and says so", () => {
    const environment: Environment = { CLAWQL_MCP_URL: 'http://mine:8080/mcp' };
    const of = projection(environment);
    assert.deepEqual(of.apply(first), { kind: 'yours', value: 'CLAWQL_MCP_URL=http://mine:8080/mcp' });
    assert.deepEqual(environment, { ...ofFirst, CLAWQL_MCP_URL: 'http://mine:8080/mcp' });
    of.remove();
    assert.deepEqual(environment, { CLAWQL_MCP_URL: 'http://mine:8080/mcp' });
  });

  it("leaves a user's own value that is the same as ours", () => {
    const environment: Environment = { ...ofFirst };
    const of = projection(environment);
    assert.equal(of.apply(first).kind, 'applied');
    of.remove();
    assert.deepEqual(environment, ofFirst);
  });

  it('leaves a value that somebody else set after us', () => {
    const environment: Environment = {};
    const of = projection(environment);
    of.apply(first);
    environment['CLAWQL_MCP_HOST'] = 'theirs';
    assert.deepEqual(of.apply(second), { kind: 'yours', value: 'CLAWQL_MCP_HOST=theirs' });
    of.remove();
    assert.deepEqual(environment, { CLAWQL_MCP_HOST: 'theirs' });
  });

  it('takes an empty value for one of the user too', () => {
    const environment: Environment = { CLAWQL_MCP_HOST: '' };
    assert.equal(projection(environment).apply(first).kind, 'yours');
    assert.equal(environment['CLAWQL_MCP_HOST'], '');
  });

  it('does nothing when there is nothing to remove', () => {
    const environment: Environment = { PATH: '/bin' };
    const of = projection(environment);
    of.remove();
    of.remove();
    assert.deepEqual(environment, { PATH: '/bin' });
  });

  it('keeps no value of an earlier selection where the new one cannot be written', () => {
    const environment: Environment = {};
    const of = projection(environment);
    of.apply(first);
    of.apply(here('http://user:secret@clawql-1/mcp'));
    assert.deepEqual(environment, {});
  });

  it("never says a password or a token that stands in the user's own URL: the state is logged and shown", () => {
    for (const own of ['https://alice:s3cret@mine.example/mcp', 'https://mine.example/mcp?token=s3cret']) {
      const state = projection({ CLAWQL_MCP_URL: own }).apply(first);
      assert.equal(state.kind, 'yours');
      assert.ok(!inWords(state).includes('s3cret'), inWords(state));
      assert.ok(inWords(state).includes('mine.example'), inWords(state));
    }
  });
});
