import assert from 'node:assert/strict';

import { readServers } from '../../../../../src/core/mcp/configuration.ts';
import type {
  ConfigurationFile,
  ConfigurationReader,
  ConfigurationReport,
  Relation,
  ServerReport,
} from '../../../../../src/core/mcp/configuration.ts';
import { dialectById } from '../../../../../src/core/mcp/dialects.ts';
import type { Snapshot } from '../../../../../src/core/snapshot.ts';
import { spanEnd } from '../../../../../src/core/text.ts';
import {
  configurationReport,
  isTelling,
  type ConfigurationContext,
} from '../../../../../src/core/views/configurations/configurationReport.ts';
import { answered, failed, host, node, report, selectionOf, snapshot } from '../../../support/builders.ts';

const clawql = node('clawql-1', { addresses: ['100.64.0.2'] });
const url = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';
const hosts = [report(host(clawql), [answered(url)], 1), report(host(node('clawql-2')), [])];
const selected = snapshot({ hosts, selection: selectionOf(clawql, { url }) });
const thisWindow = { kind: 'this-window' } as const;
const program = { kind: 'program' } as const;

function file(id: string, text: string, reader: ConfigurationReader): ConfigurationFile {
  const dialect = dialectById(id);
  assert.ok(dialect, id);
  return { uri: `file:///w/${id}.json`, label: `${id}.json`, dialect, reader, reading: readServers(text, dialect) };
}

/** A file with servers by their keys. */
function servers(
  id: string,
  all: Readonly<Record<string, object>>,
  reader: ConfigurationReader = program,
): ConfigurationFile {
  const root = dialectById(id)?.root ?? [];
  return file(id, JSON.stringify(root.reduceRight<object>((inner, name) => ({ [name]: inner }), all)), reader);
}

function reported(
  of: ConfigurationFile,
  seen: Snapshot = selected,
  parts: Partial<ConfigurationContext> = {},
): ConfigurationReport {
  return configurationReport(of, { snapshot: seen, environment: {}, isOurs: () => false, ...parts });
}

interface Case {
  readonly id?: string;
  readonly text: string;
  readonly reader?: ConfigurationReader;
  readonly environment?: Readonly<Record<string, string>>;
  readonly snapshot?: Snapshot;
}

/** The report on a file with one server, `clawql`, at such a URL. */
function only({
  id = 'vscode',
  text,
  reader = thisWindow,
  environment = {},
  snapshot: seen = selected,
}: Case): ServerReport {
  const [urlKey = ''] = dialectById(id)?.urlKeys ?? [];
  const [server, ...others] = reported(servers(id, { clawql: { [urlKey]: text } }, reader), seen, {
    environment,
  }).servers;
  assert.ok(server && others.length === 0);
  return server;
}

function said(of: Case): readonly [Relation, string] {
  const { relation, sentence } = only(of);
  return [relation, sentence];
}

const own = 'http://${env:CLAWQL_MCP_HOST}/mcp';

describe('configurationReport of a server that is in line', () => {
  const yes = 'That is the selected server, which answers from this machine.';

  it('says so where the file holds the URL', () => {
    assert.deepEqual(said({ text: url }), ['in-line', `VS Code calls ${url}. ${yes}`]);
    assert.deepEqual(said({ id: 'zed', text: url, reader: program }), ['in-line', `Zed calls ${url}. ${yes}`]);
  });

  it('says so where the variable leads there in this window', () => {
    const environment = { CLAWQL_MCP_HOST: 'clawql-1.tail1a2b3.ts.net:8080' };
    assert.deepEqual(said({ text: own, environment }), ['in-line', `VS Code calls ${url}. ${yes}`]);
  });

  it('says so where it is called by another name or address of the same node', () => {
    for (const other of ['http://clawql-1:8080/mcp', 'http://100.64.0.2:8080/mcp']) {
      assert.deepEqual(said({ text: other }), ['in-line', `VS Code calls ${other}. ${yes}`]);
    }
  });

  it('says that the server has not answered, and from where', () => {
    const refused = failed(url, { kind: 'refused', detail: '' });
    const silent = { hosts: [report(host(clawql), [refused], 1)], vantage: { remote: 'dev-container' } };
    const [relation, sentence] = said({ text: url, snapshot: { ...selected, ...silent } });
    assert.equal(relation, 'in-line');
    assert.match(
      sentence,
      /That is the selected server, which has not answered from the remote machine \(dev-container\)\.$/,
    );
    assert.match(
      said({ text: url, snapshot: { ...selected, hosts: [] } })[1],
      /which has not answered from this machine\.$/,
    );
  });
});

describe('configurationReport of a server that differs', () => {
  it('says where it leads, and what is selected', () => {
    for (const other of ['http://clawql-2.tail1a2b3.ts.net:8080/mcp', 'http://clawql-1.tail1a2b3.ts.net:9090/mcp']) {
      assert.deepEqual(said({ text: other }), ['differs', `VS Code calls ${other}. The selected server is clawql-1.`]);
    }
  });

  it('says which variables are not set in this window', () => {
    assert.deepEqual(said({ text: own }), [
      'differs',
      'CLAWQL_MCP_HOST is not set in this window, so VS Code calls no usable URL.',
    ]);
    assert.deepEqual(said({ text: 'http://${env:HOST}:${env:PORT}/mcp' }), [
      'differs',
      'HOST and PORT are not set in this window, so VS Code calls no usable URL.',
    ]);
    assert.match(said({ text: 'http://${env:HOST}/${env:HOST}' })[1], /^HOST is not set in this window/);
  });

  it('says which forms the client does not take', () => {
    assert.deepEqual(said({ text: '${env:CLAWQL_MCP_URL}' }), [
      'differs',
      'VS Code does not take a variable as the whole URL: write the scheme and the path.',
    ]);
    assert.deepEqual(said({ id: 'cursor', text: '${CLAWQL_MCP_URL}', reader: program }), [
      'differs',
      'Cursor does not replace ${CLAWQL_MCP_URL}: it wants ${env:NAME}.',
    ]);
    assert.deepEqual(said({ text: 'clawql-1:8080' }), [
      'differs',
      'This is no http or https URL that VS Code can call.',
    ]);
  });
});

describe('configurationReport of a server of which not all can be seen', () => {
  const cannotSee = 'from the environment in which it was started, which is not seen from here.';

  it('says whence the variable comes, and what a terminal of this window gives it where the file is as it is written here', () => {
    const rows: readonly (readonly [id: string, text: string, client: string])[] = [
      ['cursor', '${env:CLAWQL_MCP_URL}', 'Cursor'],
      ['claudeCode', '${CLAWQL_MCP_URL}', 'Claude Code'],
      ['windsurf', '${env:CLAWQL_MCP_URL}', 'Windsurf'],
    ];
    for (const [id, text, client] of rows) {
      const expected = `${client} takes CLAWQL_MCP_URL ${cannotSee} Started in a terminal of this window, it gets ${url}.`;
      assert.deepEqual(said({ id, text, reader: program }), ['unknown', expected]);
    }
    assert.match(said({ text: own, reader: program })[1], /it gets clawql-1\.tail1a2b3\.ts\.net:8080\.$/);
  });

  it('says nothing of terminals where the file has another form, or is of a client that is read only', () => {
    assert.deepEqual(said({ id: 'cursor', text: 'http://${env:HOST}/mcp', reader: program }), [
      'unknown',
      `Cursor takes HOST ${cannotSee}`,
    ]);
    assert.deepEqual(said({ id: 'kiro', text: '${CLAWQL_MCP_URL}', reader: program }), [
      'unknown',
      `Kiro takes CLAWQL_MCP_URL ${cannotSee}`,
    ]);
  });

  it('says that what only the client can fill in is not seen', () => {
    assert.deepEqual(said({ text: 'http://${input:host}:${input:port}/mcp' }), [
      'unknown',
      'What VS Code puts in place of ${input:host} and ${input:port}, if anything, is not seen from here.',
    ]);
  });

  it('says that it is not known whether the client replaces variables', () => {
    assert.deepEqual(said({ id: 'amp', text: 'http://${HOST}/mcp', reader: program }), [
      'unknown',
      'Whether Amp replaces variables in a URL is not known here.',
    ]);
  });

  it('says of what another machine resolves and calls that it was not checked', () => {
    const reader = { kind: 'remote-window', machine: 'dev-container' } as const;
    for (const text of [url, own, '${env:CLAWQL_MCP_URL}']) {
      assert.deepEqual(said({ text, reader, environment: { CLAWQL_MCP_HOST: 'h' } }), [
        'not-checked',
        'VS Code resolves and calls it on the remote machine (dev-container): not checked here.',
      ]);
    }
  });
});

describe('configurationReport without a selection', () => {
  const nothing = snapshot({ hosts });

  it('says what each comes to all the same', () => {
    const none = 'No server is selected to compare it with.';
    assert.deepEqual(said({ text: url, snapshot: nothing }), ['no-selection', `VS Code calls ${url}. ${none}`]);
    assert.deepEqual(said({ text: own, snapshot: nothing }), [
      'no-selection',
      `CLAWQL_MCP_HOST is not set in this window, so VS Code calls no usable URL. ${none}`,
    ]);
    const seen = said({ id: 'cursor', text: '${env:CLAWQL_MCP_URL}', reader: program, snapshot: nothing });
    assert.deepEqual(seen, [
      'no-selection',
      `Cursor takes CLAWQL_MCP_URL from the environment in which it was started, which is not seen from here. ${none}`,
    ]);
    const { relation } = only({
      text: url,
      reader: { kind: 'remote-window', machine: 'x' },
      snapshot: nothing,
    });
    assert.equal(relation, 'not-checked');
  });
});

describe('configurationReport: which servers are told of', () => {
  it("tells of ClawQL's by their key, by a variable of ours, and by where they lead, and of no other", () => {
    const all = {
      'Team-ClawQL': { url: 'http://h/mcp' },
      variable: { url: 'http://${env:CLAWQL_MCP_HOST}/mcp' },
      name: { url: 'http://clawql-2:9999/other' },
      address: { url: 'http://100.64.0.2/x' },
      resolved: { url: 'http://${env:MINE}/mcp' },
      bridge: { command: 'npx', args: ['mcp-remote', '${env:CLAWQL_MCP_URL}'] },
      figma: { url: 'http://127.0.0.1:3845/mcp' },
      unset: { url: 'http://${env:OTHER}/mcp' },
      stdio: { command: 'npx', args: ['-y', 'x'] },
      clawqlLocal: { command: 'clawql-mcp' },
    };
    const { servers: told } = reported(servers('vscode', all, thisWindow), selected, {
      environment: { MINE: 'clawql-1' },
    });
    const keys = ['Team-ClawQL', 'variable', 'name', 'address', 'resolved', 'bridge'];
    assert.deepEqual(
      told.map(({ key }) => key),
      keys,
    );
  });

  it('gives the place of each definition, what it says, and whether it is ours', () => {
    const text = '{"mcpServers": {"a": {"url": "x"}, "clawql": {"url": "https://u:p@h/?k=s"}}}';
    const of = file('cursor', text, program);
    const [server] = reported(of, selected, { isOurs: (uri, key) => uri === of.uri && key === 'clawql' }).servers;
    assert.ok(server);
    assert.equal(text.slice(server.span.offset, spanEnd(server.span)), '{"url": "https://u:p@h/?k=s"}');
    assert.deepEqual([server.written, server.isOurs], ['https://h/', true]);
    assert.equal(reported(of).servers[0]?.isOurs, false);
  });

  it('tells of a server behind mcp-remote, which takes a variable as the whole URL in VS Code too', () => {
    const bridged = (text: string, environment = {}): ServerReport | undefined => {
      const of = servers('vscode', { clawql: { command: 'npx', args: ['-y', 'mcp-remote', text] } }, thisWindow);
      return reported(of, selected, { environment }).servers[0];
    };
    const there = bridged(url);
    assert.deepEqual([there?.relation, there?.written, there?.canAlign], ['in-line', url, false]);
    assert.equal(bridged('${env:CLAWQL_MCP_URL}', { CLAWQL_MCP_URL: url })?.relation, 'in-line');
    const other = bridged('http://other:1/mcp');
    assert.deepEqual([other?.relation, other?.canAlign], ['differs', false]);
  });
});

describe('configurationReport: what can be brought in line', () => {
  const canAlign = (of: Case): boolean => only(of).canAlign;

  it('is what differs or is not known, in a file of a client that is written', () => {
    assert.equal(canAlign({ text: 'http://other/mcp' }), true);
    assert.equal(canAlign({ text: '${env:CLAWQL_MCP_URL}' }), true);
    assert.equal(canAlign({ id: 'cursor', text: 'http://${env:HOST}/mcp', reader: program }), true);
    assert.equal(canAlign({ text: 'http://${input:host}/mcp' }), true);
  });

  it('is not what is in line, says already what is written here, or is not compared', () => {
    assert.equal(canAlign({ text: url }), false);
    assert.equal(canAlign({ text: own }), false);
    assert.equal(canAlign({ id: 'cursor', text: '${env:CLAWQL_MCP_URL}', reader: program }), false);
    assert.equal(canAlign({ text: 'http://other/mcp', snapshot: snapshot({ hosts }) }), false);
    assert.equal(canAlign({ text: 'http://other/mcp', reader: { kind: 'remote-window', machine: 'x' } }), false);
  });

  it('is nothing of a client that is read only, or of a file that cannot be read whole', () => {
    assert.equal(canAlign({ id: 'zed', text: 'http://other/mcp', reader: program }), false);
    const broken = file('vscode', '{"servers": {"clawql": {"url": "http://other/mcp"}', thisWindow);
    assert.deepEqual(
      reported(broken).servers.map(({ relation, canAlign: can }) => [relation, can]),
      [['differs', false]],
    );
  });
});

describe('configurationReport of a file in which something is wrong', () => {
  it('says where it is broken, and tells of what could be read', () => {
    const text = `{\n  "servers": {\n    "clawql": { "url": "${url}" }\n    "b": {}\n  }\n}`;
    const { problem, servers: told } = reported(file('vscode', text, thisWindow));
    assert.deepEqual(problem, { offset: text.indexOf('"b"'), reason: 'a comma belongs here' });
    assert.deepEqual(
      told.map(({ key, relation }) => [key, relation]),
      [['clawql', 'in-line']],
    );
  });

  it("says that ClawQL's servers lie below another client's name, and where", () => {
    const text = `{\n  "mcpServers": { "clawql": { "url": "${url}" } }\n}`;
    const { problem, servers: told } = reported(file('vscode', text, thisWindow));
    const reason = 'VS Code reads the servers of this file from "servers", not from "mcpServers": rename it';
    assert.deepEqual([problem, told], [{ offset: text.indexOf('"mcpServers"'), reason }, []]);
    assert.equal(reported(file('vscode', '{"mcpServers": {"figma": {}}}', thisWindow)).problem, undefined);
  });

  it('says why it could not be read', () => {
    const of = file('vscode', '', thisWindow);
    const failedFile: ConfigurationFile = { ...of, reading: { kind: 'failed', reason: 'EACCES: permission denied' } };
    const result = reported(failedFile);
    assert.deepEqual(result, {
      file: failedFile,
      problem: { offset: 0, reason: 'EACCES: permission denied' },
      servers: [],
    });
    assert.equal(isTelling(result), true);
  });

  it('is worth a row only where it holds a server of ours, or may hide one', () => {
    const telling = (text: string): boolean => isTelling(reported(file('vscode', text, thisWindow)));
    assert.deepEqual(
      [
        '',
        '{}',
        '{"servers":{}}',
        '{"servers":{"figma":{"url":"http://x"}}}',
        '{"servers":{"clawql":{"command":"x"}}}',
        // What is wrong with others' files is no business of ours.
        '{"servers":',
        '{"mcpServers":{"figma":{}}}',
      ].map(telling),
      [false, false, false, false, false, false, false],
    );
    assert.deepEqual(
      ['{"servers":{"clawql":{"url":"http://x"}}}', '{"servers":{"clawql":', '{"mcpServers":{"clawql":{}}}'].map(
        telling,
      ),
      [true, true, true],
    );
  });
});

describe('configurationReport of URLs with secrets', () => {
  const secrets = [
    'https://alice:s3cret@clawql-1.tail1a2b3.ts.net/mcp',
    'http://clawql-1:8080/mcp?token=s3cret#s3cret',
    'http://s3cret@h/mcp',
    'https://alice:s3cret@${env:CLAWQL_MCP_HOST}/mcp',
    'http://${env:CLAWQL_MCP_HOST:-alice:s3cret@h}/mcp?token=s3cret',
    'http://${env:HOST:-alice:s3cret@h}/mcp',
    'http://${CLAWQL_MCP_HOST:-alice:s3cret@h}/mcp',
    '${CLAWQL_MCP_URL:-http://alice:s3cret@h/mcp}',
    '$CLAWQL_MCP_URL?token=s3cret',
    '{env:CLAWQL_MCP_URL}?token=s3cret',
    'http://${input:host?token=s3cret}/mcp',
    'http://${input:a}/${file:C:\\s3cret}',
    'alice:s3cret@h:8080',
    'http://http://alice:s3cret@h/mcp',
  ];
  const environments: readonly Readonly<Record<string, string>>[] = [
    {},
    { CLAWQL_MCP_HOST: 'alice:s3cret@h', CLAWQL_MCP_URL: 'http://alice:s3cret@h/mcp?token=s3cret', HOST: 's3cret@h' },
  ];
  const readers: readonly ConfigurationReader[] = [thisWindow, program, { kind: 'remote-window', machine: 'x' }];

  it('shows none of them in any sentence, whoever reads the file and whatever is set', () => {
    for (const id of ['vscode', 'cursor', 'claudeCode', 'windsurf', 'geminiCli', 'openCode', 'zed', 'amp', 'cline']) {
      for (const text of secrets) {
        for (const reader of readers) {
          for (const environment of environments) {
            for (const seen of [selected, snapshot({ hosts })]) {
              const { sentence, written } = only({ id, text, reader, environment, snapshot: seen });
              for (const shown of [sentence, written]) assert.doesNotMatch(shown, /s3cret|alice/, `${id}: ${text}`);
            }
          }
        }
      }
    }
  });

  it('shows no query of the selected URL as what a terminal gets', () => {
    const secret = selectionOf(clawql, { url: 'http://h/mcp?token=s3cret' });
    const [, sentence] = said({
      id: 'cursor',
      text: '${env:CLAWQL_MCP_URL}',
      reader: program,
      snapshot: { ...selected, selection: secret },
    });
    assert.match(sentence, /Started in a terminal of this window, it gets http:\/\/h\/mcp\.$/);
  });
});
