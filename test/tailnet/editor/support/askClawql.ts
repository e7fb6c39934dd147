import * as vscode from 'vscode';

import * as z from 'zod/mini';

import { parseJson } from '../../../../src/core/json.ts';
import { eventually } from '../../../support/editor/eventually.ts';
import type { Workbench } from '../../../support/editor/workbench.ts';

const searchAnswer = z.object({ results: z.array(z.object({ specLabel: z.string() })).check(z.minLength(1)) });

/**
 * The name of ClawQL's `search` in VS Code: from 1.106 on by the server's own name, before by the label of the live registration or by
 * the key in the file, with a number where another server has the name. 1.105 keeps the tools of servers that are gone (`ExtHostLanguageModelTools.$onDidChangeTools`), so the two are told apart.
 */
const names = { live: /^mcp_clawql(-mcp\d*|_tailne)_search$/, file: /^mcp_clawql(-mcp\d*)?_search$/ };

/**
 * Lets VS Code's own MCP client call ClawQL's `search` by the live registration or by the entry of a file; returns the host that
 * answered, which stands in each result.
 */
export async function askWhoAnswers(workbench: Workbench, by: keyof typeof names): Promise<string> {
  const tool = await eventually(
    () => Promise.resolve(vscode.lm.tools.map(({ name }) => name)),
    (tools) => tools.findLast((name) => names[by].test(name)),
    (tools) => `VS Code holds no search tool of ClawQL (${by}), but ${tools.join(', ') || 'none'}`,
  );
  const asked = vscode.lm.invokeTool(tool, { input: { query: 'list', limit: 1 }, toolInvocationToken: undefined });
  // VS Code lets the user confirm a tool that does not call itself read-only.
  await workbench.waitForText('.monaco-dialog-box', 'Run search');
  await workbench.clickDialogButton('Yes');
  const result = await asked;
  const [part] = result.content;
  if (!(part instanceof vscode.LanguageModelTextPart)) throw new Error('the answer of search is not a text');
  const [first] = z.parse(searchAnswer, parseJson(part.value)).results;
  return first?.specLabel ?? '';
}
