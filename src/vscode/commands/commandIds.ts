/** Every command that the extension registers: those of `package.json`, and those that only its own quick fixes and links call. */
export const commandIds = [
  'clawql.selectServer',
  'clawql.findOnMyMachines',
  'clawql.enterUrl',
  'clawql.disconnect',
  'clawql.writeMcpJson',
  'clawql.bringInLine',
  'clawql.copyInstallLink',
  'clawql.lookForConfigurations',
  'clawql.checkWorkspace',
  'clawql.diagnose',
  'clawql.refresh',
  'clawql.showLog',
  'clawql.bringEntryInLine',
  'clawql.openEntry',
  'clawql.takeBackEntry',
  'clawql.copyText',
  'clawql.allowHost',
] as const;

export type CommandId = (typeof commandIds)[number];
