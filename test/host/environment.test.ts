import assert from 'node:assert/strict';
import { disconnect, select } from './support/clawqlCommands.ts';
import { readReport } from './support/report.ts';
import { running } from './support/statuses.ts';
import { useWindow } from './support/window.ts';

describe("this window's environment", () => {
  const window = useWindow(() => running());

  // The extension runs in this very process, so this is what VS Code would have been started with.
  afterEach(() => {
    delete process.env['CLAWQL_MCP_HOST'];
  });

  it('holds the host that was picked, and nothing of it after Disconnect', async () => {
    const { workbench } = window;
    await select(workbench, 'clawql-1');
    assert.equal(process.env['CLAWQL_MCP_HOST'], 'clawql-1.tail-demo.ts.net:8080');
    assert.equal(process.env['CLAWQL_MCP_URL'], 'http://clawql-1.tail-demo.ts.net:8080/mcp');
    await disconnect(workbench);
    assert.equal('CLAWQL_MCP_HOST' in process.env, false);
    assert.equal('CLAWQL_MCP_URL' in process.env, false);
  });

  it("keeps a variable of the user's own, which beats the pick, and Diagnose says so", async () => {
    const { workbench } = window;
    process.env['CLAWQL_MCP_HOST'] = 'mine.example:8080';
    await select(workbench, 'clawql-1');
    assert.equal(process.env['CLAWQL_MCP_HOST'], 'mine.example:8080');
    const { text } = await readReport(workbench, 'beats the pick');
    assert.match(
      text,
      /Variables for mcp.json: your own CLAWQL_MCP_HOST: mine\.example:8080, set by .*, beats the pick/,
    );
    await disconnect(workbench);
    assert.equal(process.env['CLAWQL_MCP_HOST'], 'mine.example:8080');
  });
});
