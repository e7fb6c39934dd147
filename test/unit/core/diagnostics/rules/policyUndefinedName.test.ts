import assert from 'node:assert/strict';
import { ofRule, oneHost } from '../world.ts';

const { briefly, fixesOf, onlyProblem } = ofRule('policy-undefined-name');

const path = '/w/policy.hujson';
const policy = (src: string, dst: string): string => `{
  "groups": { "group:operators": ["alice@example.com"] },
  "hosts": { "storage": "100.64.0.9" },
  // Who may give it.
  "tagOwners": {
    "tag:clawql-mcp": ["group:operators"], // one
  },
  "acls": [{ "action": "accept", "src": ["${src}"], "dst": ["${dst}", "tag:clawql-mcp:8080"] }],
}
`;

describe('policy-undefined-name', () => {
  it('finds tags, groups, hosts and autogroups that nobody defined', () => {
    for (const name of ['tag:web', 'group:admins', 'laptop', 'autogroup:everyone']) {
      assert.deepEqual(briefly(path, policy(name, 'storage:22'), oneHost), [`policy-undefined-name error ${name}`]);
      assert.deepEqual(briefly(path, policy('*', `${name}:22`), oneHost), [`policy-undefined-name error ${name}`]);
    }
  });

  it('finds them wherever a policy names them', () => {
    for (const section of [
      '"tagOwners": { "tag:a": ["tag:none"] }',
      '"autoApprovers": { "exitNode": ["tag:none"] }',
      '"autoApprovers": { "routes": { "10.0.0.0/8": ["tag:none"] } }',
      '"nodeAttrs": [{ "target": ["tag:none"], "attr": ["a"] }]',
      '"ssh": [{ "action": "accept", "src": ["tag:none"], "dst": ["autogroup:tagged"], "users": ["root"] }]',
      '"tests": [{ "src": "alice@example.com", "accept": ["tag:none:22"] }]',
      '"grants": [{ "src": ["*"], "dst": ["*"], "ip": ["443"], "via": ["tag:none"] }]',
    ]) {
      const text = `{ ${section}, "acls": [] }`;
      assert.deepEqual(briefly(path, text, oneHost), ['policy-undefined-name error tag:none'], section);
    }
  });

  it('is quiet about what is defined, or needs no definition', () => {
    for (const name of [
      'tag:clawql-mcp',
      'group:operators',
      'storage',
      '*',
      'alice@example.com',
      'dev@',
      '10.0.0.0/8',
    ]) {
      assert.deepEqual(briefly(path, policy(name, `${name}:22`), oneHost), [], name);
    }
    for (const name of [
      'autogroup:admin',
      'autogroup:member',
      'autogroup:tagged',
      ' tag:clawql-mcp ',
      'group:eng@example.com',
      'ipset:a',
    ]) {
      assert.deepEqual(briefly(path, policy(name, 'storage:22'), oneHost), [], name);
    }
    assert.deepEqual(
      briefly(path, policy('tag:web', 'storage:22').slice(0, -5), oneHost),
      [],
      'a file that is being typed',
    );
  });

  it('says where it is defined', () => {
    assert.equal(
      onlyProblem(path, policy('tag:clawql-mpc', 'storage:22'), oneHost).message,
      'Nobody owns "tag:clawql-mpc" in "tagOwners": the control server refuses the whole policy. Define it there, with those who may give it to a machine. Perhaps "tag:clawql-mcp" is meant.',
    );
    assert.match(onlyProblem(path, policy('laptop', 'storage:22'), oneHost).message, /a user is written with "@"\.$/);
  });

  it('offers a name that is near, and prefers none', () => {
    const define = 'Define it in "tagOwners", which only administrators may give as yet';
    const fixes = fixesOf(path, policy('tag:clawql-mpc', 'storage:22'), oneHost);
    assert.deepEqual(Object.keys(fixes), ['Change it to "tag:clawql-mcp"', define]);
    assert.equal(fixes['Change it to "tag:clawql-mcp"'], policy('tag:clawql-mcp', 'storage:22'));
    assert.deepEqual(fixesOf(path, policy('*', 'storagee:22'), oneHost), {
      'Change it to "storage"': policy('*', 'storage:22'),
    });
    assert.deepEqual(fixesOf(path, policy('*', 'nas:22'), oneHost), {});
  });

  it('defines a tag or a group with nobody in it', () => {
    assert.deepEqual(fixesOf(path, policy('tag:web', 'storage:22'), oneHost), {
      'Define it in "tagOwners", which only administrators may give as yet': policy('tag:web', 'storage:22').replace(
        ' // one\n',
        ' // one\n    "tag:web": [],\n',
      ),
    });
    assert.deepEqual(fixesOf(path, policy('group:viewers', 'storage:22'), oneHost), {
      'Define it in "groups", with nobody in it yet': policy('group:viewers', 'storage:22').replace(
        '["alice@example.com"] }',
        '["alice@example.com"], "group:viewers": [] }',
      ),
    });
    assert.deepEqual(
      fixesOf(path, '{\n  "acls": [{ "action": "accept", "src": ["tag:a"], "dst": ["*:1"] }]\n}', oneHost),
      {
        'Define it in "tagOwners", which only administrators may give as yet':
          '{\n  "acls": [{ "action": "accept", "src": ["tag:a"], "dst": ["*:1"] }],\n  "tagOwners": {\n    "tag:a": []\n  }\n}',
      },
    );
  });
});
