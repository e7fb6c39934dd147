import * as vscode from 'vscode';

import * as z from 'zod/mini';

import { parseJson } from '../../../../src/core/json.ts';
import type { Workbench } from '../../../support/editor/workbench.ts';

const searchAnswer = z.object({ results: z.array(z.object({ specLabel: z.string() })).check(z.minLength(1)) });

/** The tools of ClawQL that VS Code holds. */
export function heldTools(): readonly string[] {
  return vscode.lm.tools.map((tool) => tool.name).filter((name) => /clawql/i.test(name));
}

/** Lets VS Code's own MCP client call ClawQL's `search`; returns the host that answered, which stands in each result. */
export async function askWhoAnswers(workbench: Workbench): Promise<string> {
  const tool = heldTools().find((name) => name.endsWith('_search'));
  if (tool === undefined)
    throw new Error(`VS Code holds no search tool of ClawQL: ${heldTools().join(', ') || 'none'}`);
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
