import assert from 'node:assert/strict';

import { describeState, type Holding } from '../../../../src/core/mcp/holding.ts';
import { variablesFor } from '../../../../src/core/mcp/variables.ts';
import {
  originText,
  originVariable,
  ProcessVariables,
  type Environment,
} from '../../../../src/services/projections/processVariables.ts';
import { VariablesProjection, type VariablesTarget } from '../../../../src/services/projections/variablesProjection.ts';
import { node, selectionOf } from '../../support/builders.ts';

const here = (url: string): ReturnType<typeof selectionOf> => selectionOf(node('clawql-1'), { url });
const first = here('http://clawql-1.tail1a2b3.ts.net:8080/mcp');
const second = here('https://clawql-2.tail1a2b3.ts.net/mcp');

const ofFirst = { CLAWQL_MCP_HOST: 'clawql-1.tail1a2b3.ts.net:8080', CLAWQL_MCP_URL: first.url };
const ofSecond = { CLAWQL_MCP_HOST: 'clawql-2.tail1a2b3.ts.net', CLAWQL_MCP_URL: second.url };

const by = 'the environment in which VS Code was started';

function projection(environment: Environment): VariablesProjection {
  return new VariablesProjection(new ProcessVariables(environment, by), variablesFor);
}

const ours = (values: Readonly<Record<string, string>>): Holding[] =>
  Object.entries(values).map(([what, value]) => ({ kind: 'ours', what, value }));
const yours = (what: string, value: string, beatsPick = true): Holding => ({
  kind: 'yours',
  what,
  value,
  beatsPick,
  by,
});

describe('VariablesProjection', () => {
  it("follows this window's selection under the name of its target", () => {
    const target = new ProcessVariables({}, by);
    const of = new VariablesProjection(target, variablesFor);
    assert.deepEqual([of.scope, of.id, of.title], ['window', target.id, target.title]);
  });

  it('sets the variables, follows the selection, and takes them away again', () => {
    const environment: Environment = { PATH: '/bin' };
    const of = projection(environment);
    assert.deepEqual(of.apply(first), ours(ofFirst));
    assert.deepEqual(environment, { PATH: '/bin', ...ofFirst });
    assert.deepEqual(of.apply(second), ours(ofSecond));
    assert.deepEqual(environment, { PATH: '/bin', ...ofSecond });
    assert.deepEqual(of.remove(), []);
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
    assert.deepEqual(of.apply(first), [
      { kind: 'ours', what: 'CLAWQL_MCP_HOST', value: ofFirst.CLAWQL_MCP_HOST },
      yours('CLAWQL_MCP_URL', 'http://mine:8080/mcp'),
    ]);
    assert.deepEqual(environment, { ...ofFirst, CLAWQL_MCP_URL: 'http://mine:8080/mcp' });
    of.remove();
    assert.deepEqual(environment, { CLAWQL_MCP_URL: 'http://mine:8080/mcp' });
  });

  it("leaves a user's own value that is the same as ours, and does not say that it beats the pick until it does", () => {
    const environment: Environment = { ...ofFirst };
    const of = projection(environment);
    const values = Object.entries(ofFirst);
    assert.deepEqual(
      of.apply(first),
      values.map(([name, value]) => yours(name, value, false)),
    );
    assert.deepEqual(
      of.apply(second),
      values.map(([name, value]) => yours(name, value, true)),
    );
    of.remove();
    assert.deepEqual(environment, ofFirst);
  });

  it('leaves a value that somebody else set after us', () => {
    const environment: Environment = {};
    const of = projection(environment);
    of.apply(first);
    environment['CLAWQL_MCP_HOST'] = 'theirs';
    assert.deepEqual(of.apply(second), [
      yours('CLAWQL_MCP_HOST', 'theirs'),
      { kind: 'ours', what: 'CLAWQL_MCP_URL', value: second.url },
    ]);
    of.remove();
    assert.deepEqual(environment, { CLAWQL_MCP_HOST: 'theirs' });
  });

  it('takes an empty value for one of the user too', () => {
    const environment: Environment = { CLAWQL_MCP_HOST: '' };
    const of = projection(environment);
    assert.deepEqual(
      of.apply(first).map(({ kind }) => kind),
      ['yours', 'ours'],
    );
    assert.equal(environment['CLAWQL_MCP_HOST'], '');
    of.remove();
    assert.deepEqual(environment, { CLAWQL_MCP_HOST: '' });
  });

  it('sets a variable again that its user has given free', () => {
    const environment: Environment = { CLAWQL_MCP_URL: 'http://mine:8080/mcp' };
    const of = projection(environment);
    of.apply(first);
    delete environment['CLAWQL_MCP_URL'];
    assert.deepEqual(of.apply(first), ours(ofFirst));
    of.remove();
    assert.deepEqual(environment, {});
  });

  it('takes over what a window inherits from a terminal of ours, and takes it away again', () => {
    const environment: Environment = { ...ofSecond, [originVariable]: originText(new Map(Object.entries(ofSecond))) };
    const of = projection(environment);
    assert.deepEqual(of.apply(first), ours(ofFirst));
    assert.deepEqual({ ...environment, ...ofFirst }, environment);
    of.remove();
    assert.deepEqual(Object.keys(environment), [originVariable]);
  });

  it('keeps nothing that a window inherits from a terminal of ours where it has no selection', () => {
    const environment: Environment = { ...ofSecond, [originVariable]: originText(new Map(Object.entries(ofSecond))) };
    assert.deepEqual(projection(environment).remove(), []);
    assert.deepEqual(Object.keys(environment), [originVariable]);
  });

  it('tells its target of each change once, and takes a variable back where its user sets it', () => {
    const calls: string[] = [];
    const own = new Map<string, { readonly value: string; readonly by: string }>();
    const target: VariablesTarget = {
      id: 'terminals',
      title: 'Terminals',
      own: (name) => own.get(name),
      set: (name, value) => void calls.push(`${name}=${value}`),
      unset: (name) => void calls.push(`without ${name}`),
    };
    const of = new VariablesProjection(target, variablesFor);
    of.apply(first);
    of.apply({ ...first, label: 'renamed' });
    assert.deepEqual(
      calls.splice(0),
      Object.entries(ofFirst).map(([name, value]) => `${name}=${value}`),
    );
    own.set('CLAWQL_MCP_HOST', { value: 'mine', by: 'the setting' });
    assert.deepEqual(of.apply(first)[0], {
      kind: 'yours',
      what: 'CLAWQL_MCP_HOST',
      value: 'mine',
      by: 'the setting',
      beatsPick: true,
    });
    of.apply(first);
    assert.deepEqual(calls.splice(0), ['without CLAWQL_MCP_HOST']);
    of.remove();
    of.remove();
    assert.deepEqual(calls, ['without CLAWQL_MCP_URL']);
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
    const holdings = of.apply(here('http://user:s3cret@clawql-1/mcp'));
    assert.deepEqual(holdings, [{ kind: 'failed', reason: 'http://clawql-1/mcp cannot stand in a variable' }]);
    assert.deepEqual(environment, {});
  });

  it("never says a password or a token that stands in the user's own URL: the state is logged and shown", () => {
    for (const own of ['https://alice:s3cret@mine.example/mcp', 'https://mine.example/mcp?token=s3cret']) {
      const state = projection({ CLAWQL_MCP_URL: own }).apply(first);
      assert.equal(state.find(({ kind }) => kind === 'yours')?.kind, 'yours');
      assert.ok(!describeState(state).includes('s3cret'), describeState(state));
      assert.ok(describeState(state).includes('mine.example'), describeState(state));
    }
  });
});
