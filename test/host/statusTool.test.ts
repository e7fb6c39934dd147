import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { select } from './support/clawqlCommands.ts';
import { loggedOut, running, withOffline } from './support/statuses.ts';
import { useWindow } from './support/window.ts';

const name = 'clawql_tailnet_status';

const Status = z.object({
  asked: z.string(),
  workspaceTrusted: z.boolean(),
  tailnet: z.looseObject({ state: z.string() }),
  selected: z.union([
    z.string(),
    z.looseObject({ name: z.string(), url: z.string(), verdict: z.looseObject({ kind: z.string() }) }),
  ]),
  hosts: z.array(z.looseObject({ name: z.string(), health: z.string() })),
});

async function invoke(input: object, token?: vscode.CancellationToken): Promise<string> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined }, token);
  const [part, ...others] = content;
  assert.deepEqual(others, []);
  assert.ok(part instanceof vscode.LanguageModelTextPart);
  return part.value;
}

async function ask(input: object = {}): Promise<z.infer<typeof Status>> {
  return Status.parse(JSON.parse(await invoke(input)));
}

describe('the language model tool', function () {
  this.timeout(40_000);
  const window = useWindow(() => running());

  it('is one of those that the editor offers to its agent', () => {
    const tool = vscode.lm.tools.find((one) => one.name === name);
    assert.match(tool?.description ?? '', /Call it when ClawQL's tools are missing/);
  });

  it('tells of the hosts, and only of those', async () => {
    const { tailnet, selected, hosts, workspaceTrusted } = await ask();
    assert.deepEqual([tailnet.state, workspaceTrusted], ['running', true]);
    assert.ok(typeof selected === 'string');
    assert.match(selected, /^none/);
    assert.deepEqual(
      hosts.map((host) => [host.name.replace('.tail-demo.ts.net', ''), host.health]),
      [
        ['clawql-1', 'well'],
        ['clawql-2', 'problem'],
        ['clawql-3', 'failed'],
        ['clawql-old', 'offline'],
      ],
    );
  });

  it('tells of the selected server, and of its fall', async () => {
    await select(window.workbench, 'clawql-1');
    const { selected } = await ask({ refresh: true });
    assert.ok(typeof selected === 'object');
    assert.deepEqual([selected.name, selected.verdict.kind], ['clawql-1', 'ok']);
    await window.daemon.say(withOffline('clawql-1'));
    await window.workbench.waitForStatusBar('The node is offline');
    const { selected: fallen } = await ask();
    assert.ok(typeof fallen === 'object');
    assert.equal(fallen.verdict['code'], 'offline');
  });

  it('asks the hosts for its answer when it is told to', async () => {
    assert.match((await ask({ refresh: true })).asked, /asked just now/);
    assert.match((await ask()).asked, /^Nothing was asked for this answer/);
  });

  it('shows nobody the page that logs this machine in', async () => {
    await window.know(loggedOut());
    const text = await invoke({});
    assert.doesNotMatch(text, /0123456789abcdef/);
    assert.match(text, /"state": "logged-out"/);
  });

  it('ends when it is cancelled', async () => {
    const source = new vscode.CancellationTokenSource();
    const answer = invoke({ refresh: true }, source.token);
    source.cancel();
    await assert.rejects(answer);
    source.dispose();
  });
});
