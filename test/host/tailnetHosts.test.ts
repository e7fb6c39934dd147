import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../support/editor/eventually.ts';
import { paste } from './support/clawqlCommands.ts';
import { withSetting } from './support/setting.ts';
import {
  headscaleWithoutHosts,
  keyExpired,
  loggedOut,
  running,
  stopped,
  withOffline,
  withoutHosts,
} from './support/statuses.ts';
import {
  leaveViews,
  openView,
  pressEmptyState,
  pressRowAction,
  row,
  waitForEmptyState,
  waitForRows,
} from './support/viewRows.ts';
import { useWindow, type TestWindow } from './support/window.ts';

const view = 'Tailnet Hosts';
const url = 'http://clawql-1.tail-demo.ts.net:8080/mcp';

const well = /^clawql-1 \| \d+(\.\d)? ms · 7 tools · 5\.0\.0$/;
const selected = /^clawql-1 \| selected · \d+(\.\d)? ms · 7 tools · 5\.0\.0$/;
const degraded = /^clawql-2 \| \d+(\.\d)? ms · 5 tools · 5\.0\.0$/;
const silent = /^clawql-3 \| \D+$/;
const away = /^clawql-old \| offline, last seen 2/;

async function waitForClipboard(window: TestWindow, wanted: string): Promise<void> {
  await eventually(
    () => paste(window.workbench),
    (text) => (text === wanted ? true : undefined),
    (text) => `The clipboard holds ${JSON.stringify(text)} and not ${wanted}`,
  );
}

describe('the view Tailnet Hosts', function () {
  this.timeout(40_000);
  const window = useWindow(() => running());
  before('show it', () => openView(window.workbench, view));
  after('leave it', leaveViews);

  it('has a row for each host, closed, that says how it is', async () => {
    await waitForRows(window.workbench, view, [well, degraded, silent, away]);
  });

  it('shows below a host where it answers, what it is and what it offers, and stays open when another one changes', async () => {
    const { workbench, daemon } = window;
    await workbench.click(row(view, 'clawql-1'), '');
    const below = [
      `${url} | clawql-mcp 5.0.0 answers at ${url} with 7 tools.`,
      /^https:\/\/clawql-1\.tail-demo\.ts\.net\/mcp \| ./,
      /^http:\/\/clawql-1\.tail-demo\.ts\.net\/mcp \| ./,
      /^Node \| linux, 100\.\S+, fd7a:\S+, tag:clawql-mcp/,
      '7 tools',
    ];
    await waitForRows(workbench, view, [well, ...below, degraded, silent, away]);
    await daemon.say(withOffline('clawql-2'));
    await waitForRows(workbench, view, [well, ...below, /^clawql-2 \| offline, last seen/, silent, away]);
    await workbench.click(row(view, '7 tools'), '');
    await eventually(
      () => workbench.texts(row(view, 'search')),
      (texts) => (texts.length > 0 ? true : undefined),
      () => 'The tools do not come out',
    );
    await workbench.click(row(view, '7 tools'), '');
    await workbench.click(row(view, 'clawql-1'), '');
  });

  it('connects to a host by its row, and marks it', async () => {
    const { workbench } = window;
    await pressRowAction(workbench, view, 'clawql-1', 'Select This Host');
    await workbench.waitForNotification('ClawQL on clawql-1');
    assert.equal(process.env['CLAWQL_MCP_URL'], url);
    await workbench.click(row(view, 'clawql-1'), '');
    await waitForRows(workbench, view, [selected, degraded, silent, away]);
    await workbench.dismissNotifications();
    await pressRowAction(workbench, view, 'clawql-1', 'Copy URL');
    await waitForClipboard(window, url);
    await pressRowAction(workbench, view, 'clawql-1', 'Diagnose');
    await workbench.waitForText('.tab', 'Diagnose');
  });

  it('offers no choice of a host that does not answer', async () => {
    const { workbench } = window;
    await workbench.click(row(view, 'clawql-old'), '');
    const actions = await workbench.texts(`${row(view, 'clawql-old')} .action-label`);
    assert.equal(actions.length, 1);
    // It ends when the picker does.
    const picked = vscode.commands.executeCommand('clawql.selectHost', 'no-such-host');
    await workbench.waitForRow('clawql-old');
    await workbench.dismissQuickInput();
    await picked;
  });
});

interface Situation {
  readonly name: string;
  readonly enter: (window: TestWindow) => Promise<void>;
  readonly says: RegExp;
  readonly buttons: readonly string[];
}

const search = ['Find ClawQL on My Machines', 'Enter a URL', "Serve This Machine's MCP"];

/** What cannot be made to happen in this window has a test of its own: a daemon in another place, or on another platform. */
const situations: readonly Situation[] = [
  {
    name: "no daemon, on a machine that is not the user's own",
    // The editor of this lab is a server, and so another machine than the user's.
    enter: ({ daemon }) => daemon.stop(),
    says: /not visible from the remote machine/,
    buttons: ['Enter a URL', 'Look Again'],
  },
  {
    name: 'a daemon that was killed',
    enter: ({ daemon }) => daemon.crash(),
    says: /was killed\.\s+To start it, run: sudo systemctl restart tailscaled/,
    buttons: ['Copy the Command', 'Look Again'],
  },
  {
    name: 'a machine that is logged out',
    enter: ({ daemon }) => daemon.say(loggedOut()),
    says: /logged out of Tailscale/,
    buttons: ['Join…'],
  },
  {
    name: 'a machine whose key has expired',
    enter: ({ daemon }) => daemon.say(keyExpired()),
    says: /node key has expired/,
    buttons: ['Join…'],
  },
  {
    name: 'a machine that waits for approval',
    enter: ({ daemon }) => daemon.say({ ...running([]), BackendState: 'NeedsMachineAuth' }),
    says: /waits for approval/,
    buttons: ['Look Again'],
  },
  {
    name: 'another user of the machine',
    enter: ({ daemon }) => daemon.say({ ...running([]), BackendState: 'InUseOtherUser' }),
    says: /Another user of this machine/,
    buttons: ['Look Again'],
  },
  {
    name: 'a daemon that was stopped',
    enter: ({ daemon }) => daemon.say(stopped()),
    says: /is stopped .* run: tailscale up/,
    buttons: ['Copy the Command'],
  },
  {
    name: 'a daemon that starts',
    enter: ({ daemon }) => daemon.say({ ...running([]), BackendState: 'Starting' }),
    says: /is starting…/,
    buttons: [],
  },
  {
    name: 'a daemon in a state of later',
    enter: ({ daemon }) => daemon.say({ ...running([]), BackendState: 'Dreaming' }),
    says: /could not be read/,
    buttons: ['Diagnose', 'Look Again'],
  },
  {
    name: 'a tailnet without a host',
    enter: ({ daemon }) => daemon.say(withoutHosts()),
    says: /run: sudo tailscale up --advertise-tags=tag:clawql-mcp/,
    buttons: ['Copy the Command', 'Open the Policy', ...search],
  },
  {
    name: 'a tailnet of Headscale without a host',
    enter: ({ daemon }) => daemon.say(headscaleWithoutHosts()),
    says: /On the control server, .* run: headscale nodes tag -i ID -t tag:clawql-mcp/,
    buttons: ['Copy the Command', ...search],
  },
];

describe('the view Tailnet Hosts without a host', function () {
  this.timeout(40_000);
  const window = useWindow();
  before('show it', () => openView(window.workbench, view));
  after('leave it', leaveViews);
  afterEach('have a daemon again', async () => {
    await window.know(running());
  });

  for (const { name, enter, says, buttons } of situations) {
    it(`says of ${name} what to do next`, async () => {
      await enter(window);
      await vscode.commands.executeCommand('clawql.refresh');
      assert.deepEqual(await waitForEmptyState(window.workbench, view, says), buttons);
    });
  }

  it('says that the settings are in the way, where they are', async () => {
    const { workbench } = window;
    await window.know(withoutHosts());
    await withSetting('clawql.tags', ['tag:mine'], async () => {
      const buttons = await waitForEmptyState(workbench, view, /one of the tags in clawql\.tags/);
      assert.deepEqual(buttons, ['Open clawql.tags', ...search]);
    });
    await withSetting('clawql.hosts', ['no-such-machine'], async () => {
      const buttons = await waitForEmptyState(workbench, view, /called as clawql\.hosts says/);
      assert.deepEqual(buttons, ['Open clawql.hosts', 'Look Again', ...search]);
      await pressEmptyState(workbench, view, 'Open clawql.hosts');
      // A tab in 1.105, a dialog in 1.139.
      await workbench.waitForText('.settings-editor', 'Only what the tailnet knows is asked');
      await workbench.press('Escape');
    });
  });

  it('copies the command that it shows, looks again, and opens the policy', async () => {
    const { workbench, daemon } = window;
    await window.know(stopped());
    await waitForEmptyState(workbench, view, /tailscale up/);
    await pressEmptyState(workbench, view, 'Copy the Command');
    await waitForClipboard(window, 'tailscale up');
    await daemon.say(withoutHosts());
    await waitForEmptyState(workbench, view, /No visible node carries/);
    await pressEmptyState(workbench, view, 'Open the Policy');
    const { detail } = await workbench.waitForModalDialog('open the external website');
    assert.match(detail, /https:\/\/login\.tailscale\.com\/admin\/acls/);
    await workbench.clickDialogButton('Cancel');
    await daemon.crash();
    await vscode.commands.executeCommand('clawql.refresh');
    await waitForEmptyState(workbench, view, /was killed/);
    await daemon.say(running());
    await pressEmptyState(workbench, view, 'Look Again');
    await waitForRows(workbench, view, [well, degraded, silent, away]);
  });
});
