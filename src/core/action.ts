/** Commands to which a link in one of the extension's own texts may lead. */
export type ActionCommand =
  | 'clawql.selectServer'
  | 'clawql.findOnMyMachines'
  | 'clawql.bringInLine'
  | 'clawql.diagnose'
  | 'clawql.refresh'
  | 'clawql.showLog'
  /** Puts its argument into the clipboard. */
  | 'clawql.copyText'
  /** Opens the settings at the one that its argument names. */
  | 'clawql.openSetting'
  /** Opens a page of a fixed list in the browser, by its name. */
  | 'clawql.openPage'
  /** Logs this machine in, at Tailscale's own service or at a Headscale. */
  | 'clawql.joinTailnet'
  /** Ends what Funnel publishes at a port of this machine, its argument, and leaves it to the tailnet. */
  | 'clawql.turnFunnelOff'
  /** Has the editor take the server up anew. */
  | 'clawql.reconnect';

/** Something that a user can do about what was found. `arguments` are plain texts, and none of them is a peer's. */
export interface Action {
  readonly title: string;
  readonly command: ActionCommand;
  readonly arguments: readonly string[];
}
