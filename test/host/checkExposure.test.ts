import assert from 'node:assert/strict';
import os from 'node:os';
import { startClawql, type ClawqlServer } from '../support/clawql/server.ts';
import { eventually } from '../support/editor/eventually.ts';
import { paste } from './support/clawqlCommands.ts';
import { withSetting } from './support/setting.ts';
import { running } from './support/statuses.ts';
import { useWindow } from './support/window.ts';

describe('Check What This MCP Host Exposes', function () {
  this.timeout(60_000);
  const window = useWindow(() => running());
  let clawql: ClawqlServer;

  before('start ClawQL on this machine', async () => {
    clawql = await startClawql({ corsAllowOrigin: '*' });
  });
  after('end it', () => clawql.close());

  const shown = async (text: string): Promise<string> => {
    const { workbench } = window;
    await workbench.palette('ClawQL: Check What This MCP Host Exposes');
    return eventually(
      () => workbench.webviewHtml(),
      (html) => (html?.includes(text) === true ? html : undefined),
      (html) => `The document shows ${html ?? 'nothing'}`,
    );
  };

  it('says where it is to be run when ClawQL does not answer here', async () => {
    const html = await shown('ClawQL does not answer here');
    assert.match(html, /Run this on the MCP host itself/);
    assert.doesNotMatch(html, /nftables/);
  });

  it('shows what listens, what that means and the lines that close it, and copies them', async () => {
    const { workbench } = window;
    await withSetting('clawql.ports', [clawql.port], async () => {
      const html = await shown('answers on this machine itself');
      assert.match(html, new RegExp(`at port ${clawql.port}`));
      assert.match(html, /Pages of other origins \(CORS\)<\/strong> every page is allowed to call \(\*\)/);
      assert.match(html, /\/graphql without sign-in<\/strong> is answered/);
      assert.match(html, /whether others get to it is not/);
      const own = Object.values(os.networkInterfaces()).flatMap((all = []) => all.filter(({ internal }) => !internal));
      const reached = own.filter(({ address }) => !address.startsWith('fe80:'));
      assert.ok(reached.length > 0, 'this machine has an address of its own');
      for (const { address } of reached) assert.ok(html.includes(address), address);
      await workbench.screenshot('exposure');
      if (process.platform !== 'linux') return;
      assert.match(html, /iifname != \{ "lo", "tailscale0" \} tcp dport/);
      await workbench.clickInWebview('a', 'Copy the Lines');
      await workbench.screenshot('exposure-firewall');
      await eventually(
        () => paste(workbench),
        (copied) => (/table inet clawql.*drop/s.test(copied) ? true : undefined),
        (copied) => `The clipboard holds ${copied}`,
      );
    });
  });
});
