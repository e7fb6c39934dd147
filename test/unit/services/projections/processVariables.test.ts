import assert from 'node:assert/strict';

import {
  originText,
  originVariable,
  ProcessVariables,
  type Environment,
} from '../../../../src/services/projections/processVariables.ts';

const name = 'CLAWQL_MCP_URL';
const by = 'the environment in which VS Code was started';
const over = (environment: Environment): ProcessVariables => new ProcessVariables(environment, by);

describe('ProcessVariables', () => {
  it('takes back what it set, and leaves no trace', () => {
    const environment: Environment = { PATH: '/bin' };
    const variables = over(environment);
    assert.equal(variables.own(name), undefined);
    variables.set(name, 'ours');
    variables.set(name, 'ours too');
    assert.deepEqual(environment, { PATH: '/bin', [name]: 'ours too' });
    assert.equal(variables.own(name), undefined);
    variables.unset(name);
    assert.deepEqual(environment, { PATH: '/bin' });
    assert.ok(!(name in environment));
  });

  it("knows a user's own value, an empty one too, and who set it", () => {
    for (const value of ['http://mine:8080/mcp', '']) {
      assert.deepEqual(over({ [name]: value }).own(name), { value, by });
    }
  });

  it('knows a value that somebody else set over ours, and does not take it away', () => {
    const environment: Environment = {};
    const variables = over(environment);
    variables.set(name, 'ours');
    environment[name] = 'theirs';
    assert.deepEqual(variables.own(name), { value: 'theirs', by });
    variables.unset(name);
    assert.deepEqual(environment, { [name]: 'theirs' });
    assert.deepEqual(variables.own(name), { value: 'theirs', by });
  });

  it('does not mind that a value of ours is gone, and takes away nothing that it has not set', () => {
    const environment: Environment = { OTHER: 'theirs' };
    const variables = over(environment);
    variables.set(name, 'ours');
    Reflect.deleteProperty(environment, name);
    assert.equal(variables.own(name), undefined);
    variables.unset(name);
    variables.unset('OTHER');
    assert.deepEqual(environment, { OTHER: 'theirs' });
  });

  describe('in a window that was started in a terminal of ours', () => {
    it("does not take an old pick for the user's word, nor keep it", () => {
      const environment: Environment = {
        [name]: 'old',
        CLAWQL_MCP_HOST: 'old',
        [originVariable]: originText(
          new Map([
            ['CLAWQL_MCP_HOST', 'old'],
            [name, 'old'],
          ]),
        ),
      };
      const variables = over(environment);
      assert.deepEqual(Object.keys(environment), [originVariable]);
      assert.equal(variables.own(name), undefined);
      variables.set(name, 'new');
      variables.unset(name);
      assert.ok(!(name in environment));
    });

    it("leaves the user's own variables, and any that are not of a pick", () => {
      const environment: Environment = { [name]: 'mine', CLAWQL_MCP_HOST: 'old', PATH: '/bin' };
      environment[originVariable] = `CLAWQL_MCP_HOST=old PATH=/bin  CLAWQL_MCP_GONE=x =y z ${name}=old`;
      assert.deepEqual(over(environment).own(name), { value: 'mine', by });
      assert.equal(environment['PATH'], '/bin');
      assert.ok(!('CLAWQL_MCP_HOST' in environment));
    });
  });
});
