import assert from 'node:assert/strict';

import { notReconnectedText } from '../../../../src/core/views/notReconnectedText.ts';

describe('notReconnectedText', () => {
  it('names the entry that the editor has, and how its user starts that anew', () => {
    const entry = { file: '.cursor/mcp.json', key: 'clawql' };
    assert.match(
      notReconnectedText(entry, 'Cursor', 'clawql-1'),
      /"clawql" from \.cursor\/mcp\.json.*MCP settings of Cursor/,
    );
    assert.match(notReconnectedText(entry, 'VS Code', 'clawql-1'), /choose "Start" above the entry/);
  });

  it('says what to do where the editor has no entry', () => {
    assert.match(notReconnectedText({}, 'Cursor', 'clawql-1'), /does not take clawql-1 up.*Select Tailnet MCP Server/);
  });
});
