import * as vscode from 'vscode';

/** By which `package.json` declares it. */
const toolName = 'clawql_tailnet_status';

/** Gives the text of the answer; with `refresh` hosts are asked for it first, as long as the signal is not aborted. */
export type AnswerStatus = (refresh: boolean, signal: AbortSignal) => Promise<string>;

/** The tool by which the editor's agent finds out why ClawQL cannot be reached; nothing in an editor that takes no tools from extensions. */
export function registerStatusTool(answer: AnswerStatus): vscode.Disposable {
  if (!takesTools()) return vscode.Disposable.from();
  return vscode.lm.registerTool<unknown>(toolName, {
    prepareInvocation: ({ input }) => ({
      invocationMessage: wantsRefresh(input) ? 'Asking the ClawQL hosts' : 'Reading what is known of the ClawQL hosts',
    }),
    async invoke({ input }, token) {
      const stop = new AbortController();
      const subscription = token.onCancellationRequested(() => stop.abort());
      try {
        const text = await answer(wantsRefresh(input), stop.signal);
        if (token.isCancellationRequested) throw new vscode.CancellationError();
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
      } finally {
        subscription.dispose();
      }
    },
  });
}

/** Editors built on VS Code can lack a part of its API. */
function takesTools(): boolean {
  const models: unknown = Reflect.get(vscode, 'lm');
  return typeof models === 'object' && models !== null && typeof Reflect.get(models, 'registerTool') === 'function';
}

function wantsRefresh(input: unknown): boolean {
  return typeof input === 'object' && input !== null && Reflect.get(input, 'refresh') === true;
}
