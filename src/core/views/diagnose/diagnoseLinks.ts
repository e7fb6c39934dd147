import type { Action, ActionCommand } from '../../action.ts';

/** An action, or something that can be done with the document of *ClawQL: Diagnose*, or a similar one, itself. `arguments` are plain texts. */
export interface DiagnoseLink extends Omit<Action, 'command'> {
  readonly command: DiagnoseCommand;
}

type DiagnoseCommand =
  | ActionCommand
  | 'clawql.copyReport'
  | 'clawql.cancelDiagnose'
  | 'clawql.trySearch'
  | 'clawql.tryExecute'
  | 'clawql.retireUrl'
  | 'clawql.checkExposure'
  /** Opens a file, by its URI, at an offset. */
  | 'clawql.openEntry'
  /** VS Code's own. */
  | 'workbench.trust.manage';

const linked: Readonly<Record<DiagnoseCommand, true>> = {
  'clawql.selectServer': true,
  'clawql.findOnMyMachines': true,
  'clawql.bringInLine': true,
  'clawql.diagnose': true,
  'clawql.refresh': true,
  'clawql.showLog': true,
  'clawql.copyText': true,
  'clawql.openSetting': true,
  'clawql.openPage': true,
  'clawql.joinTailnet': true,
  'clawql.reconnect': true,
  'clawql.copyReport': true,
  'clawql.cancelDiagnose': true,
  'clawql.trySearch': true,
  'clawql.tryExecute': true,
  'clawql.retireUrl': true,
  'clawql.checkExposure': true,
  'clawql.turnFunnelOff': true,
  'clawql.openEntry': true,
  'workbench.trust.manage': true,
};

/** All commands that a link in the document can run: the editor lets it run no other. */
export const diagnoseCommands: readonly string[] = Object.keys(linked);

const links = {
  cancel: { title: 'Cancel', command: 'clawql.cancelDiagnose', arguments: [] },
  again: { title: 'Run Again', command: 'clawql.diagnose', arguments: [] },
  copy: { title: 'Copy Report', command: 'clawql.copyReport', arguments: [] },
  search: { title: 'Try a Search', command: 'clawql.trySearch', arguments: [] },
  execute: { title: 'Try a GET Operation…', command: 'clawql.tryExecute', arguments: [] },
} as const satisfies Readonly<Record<string, DiagnoseLink>>;

/** Below the verdict. `tools` are those of a server that answers, which may be tried once nothing runs any more. */
export function controlsOf(isRunning: boolean, tools: readonly string[]): readonly DiagnoseLink[] {
  if (isRunning) return [links.cancel, links.copy];
  const canSearch = tools.includes('search');
  return [
    links.again,
    links.copy,
    ...(canSearch ? [links.search] : []),
    ...(canSearch && tools.includes('execute') ? [links.execute] : []),
  ];
}
