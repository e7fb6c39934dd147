import assert from 'node:assert/strict';
import { eventually } from '../support/editor/eventually.ts';
import { openPicker } from './support/clawqlCommands.ts';
import { workspaceState } from './support/files.ts';
import { loggedOut, running, stopped, withoutHosts } from './support/statuses.ts';
import { useWindow, type TestWindow } from './support/window.ts';

interface Trouble {
  readonly name: string;
  readonly enter: (daemon: TestWindow['daemon']) => Promise<void>;
  readonly statusBar: string;
  /** What is wrong, in the words of the picker and of the status bar. */
  readonly says: RegExp;
  /** What to do about it. */
  readonly next: RegExp;
}

const troubles: readonly Trouble[] = [
  {
    name: 'no daemon',
    enter: (daemon) => daemon.stop(),
    statusBar: 'ClawQL: No Tailnet',
    // The editor of this lab is a server, and so another machine than the user's.
    says: /not visible from VS Code's server: no Tailscale daemon runs there/,
    next: /Start Tailscale there.*ClawQL: Enter a URL/,
  },
  {
    name: 'a daemon that was stopped by its user',
    enter: (daemon) => daemon.say(stopped()),
    statusBar: 'ClawQL: No Tailnet',
    says: /Tailscale is stopped/,
    next: /tailscale up/,
  },
  {
    name: 'a machine that is logged out',
    enter: (daemon) => daemon.say(loggedOut()),
    statusBar: 'ClawQL: No Tailnet',
    says: /logged out of Tailscale/,
    next: /Log in at https:\/\/login\.tailscale\.com\/a\/0123456789abcdef/,
  },
  {
    name: 'a tailnet without a host',
    enter: (daemon) => daemon.say(withoutHosts()),
    statusBar: 'ClawQL: No Host',
    says: /^No node .*ClawQL demo carries tag:clawql-mcp/,
    next: /clawql\.tags/,
  },
  {
    name: 'a daemon that refuses',
    enter: (daemon) => daemon.crash(),
    statusBar: 'ClawQL: No Tailnet',
    says: /was killed/,
    next: /systemctl restart tailscaled/,
  },
];

describe('trouble with the tailnet', function () {
  this.timeout(40_000);
  const window = useWindow();

  for (const { name, enter, statusBar, says, next } of troubles) {
    it(`is said of ${name}, and is over by itself`, async () => {
      const { workbench, daemon } = window;
      const before = await workspaceState();
      await enter(daemon);
      // The picker looks for itself: a daemon that is gone is otherwise looked for at growing intervals.
      await openPicker(workbench, 'Look Again');
      const [notice, ...steps] = await eventually(
        () => workbench.rows(),
        (rows) => (says.test(rows[0]?.label ?? '') ? rows : undefined),
        (rows) => `The picker says ${JSON.stringify(rows)}`,
      );
      assert.match(notice?.detail ?? '', next);
      assert.deepEqual(steps.map(({ label }) => label).slice(-3), ['Enter a URL…', 'Look Again', 'Show the Log']);
      await workbench.dismissQuickInput();
      const item = await workbench.waitForStatusBar(statusBar);
      assert.match(item.label, new RegExp(says.source.replace('^', '')));
      assert.deepEqual(await workspaceState(), before);

      await daemon.say(running());
      await workbench.waitForStatusBar('2 of 4 known hosts');
      const answering = await openPicker(workbench, '7 tools');
      assert.equal(answering[0]?.label, 'clawql-1');
    });
  }
});
