import * as vscode from 'vscode';

import * as z from 'zod/mini';

import { parseJson } from '../../../../src/core/json.ts';
import { eventually } from '../../../support/editor/eventually.ts';
import type { Workbench } from '../../../support/editor/workbench.ts';

/** Milliseconds for which a call is waited for. */
const callLimit = 20_000;

const searchAnswer = z.object({ results: z.array(z.object({ specLabel: z.string() })).check(z.minLength(1)) });

/**
 * The name of ClawQL's `search` in VS Code: from 1.106 on by the server's own name, before by the label of the live registration or by
 * the key in the file, with a number where another server has the name. 1.105 keeps the tools of servers that are gone (`ExtHostLanguageModelTools.$onDidChangeTools`), so the two are told apart.
 */
const names = { live: /^mcp_clawql(-mcp\d*|_tailne)_search$/, file: /^mcp_clawql(-mcp\d*)?_search$/ };

/**
 * Lets VS Code's own MCP client call ClawQL's `search` by the live registration or by the entry of a file; returns the host that
 * answered, which stands in each result. 1.105.1 never ends a call whose connection breaks in the middle ("terminated" in its log): one
 * that came to nothing within its time is made `tries` times, as a person would.
 */
export async function askWhoAnswers(workbench: Workbench, by: keyof typeof names, tries = 2): Promise<string> {
  try {
    return await askOnce(workbench, by);
  } catch (error) {
    if (tries <= 1 || !String(error).startsWith('Canceled')) throw error;
    return askWhoAnswers(workbench, by, tries - 1);
  }
}

async function askOnce(workbench: Workbench, by: keyof typeof names): Promise<string> {
  const tool = await eventually(
    () => Promise.resolve(vscode.lm.tools.map(({ name }) => name)),
    (tools) => tools.findLast((name) => names[by].test(name)),
    (tools) => `VS Code holds no search tool of ClawQL (${by}), but ${tools.join(', ') || 'none'}`,
  );
  const stop = new vscode.CancellationTokenSource();
  // VS Code does not end a call whose server it stops in the middle.
  const timer = setTimeout(() => stop.cancel(), callLimit);
  try {
    const input = { query: 'list', limit: 1 };
    const asked = vscode.lm.invokeTool(tool, { input, toolInvocationToken: undefined }, stop.token);
    // VS Code lets the user confirm a tool that does not call itself read-only.
    await workbench.waitForText('.monaco-dialog-box', 'Run search');
    await workbench.clickDialogButton('Yes');
    return hostIn(await asked);
  } finally {
    clearTimeout(timer);
    stop.dispose();
  }
}

/** The host that a result of `search` names. */
function hostIn({ content: [part] }: vscode.LanguageModelToolResult): string {
  if (!(part instanceof vscode.LanguageModelTextPart)) throw new Error('the answer of search is not a text');
  const [first] = z.parse(searchAnswer, parseJson(part.value)).results;
  return first?.specLabel ?? '';
}
