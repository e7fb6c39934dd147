import type { Action } from '../../action.ts';
import { isTailscalesName } from '../../tailnet/tailscalesName.ts';

export const selectAnother: Action = { title: 'Select Another Server', command: 'clawql.selectServer', arguments: [] };

export const lookAgain: Action = { title: 'Look Again', command: 'clawql.refresh', arguments: [] };

export const joinTailnet: Action = { title: 'Join…', command: 'clawql.joinTailnet', arguments: [] };

export function turnFunnelOff(port: number): Action {
  return { title: 'Turn Funnel Off…', command: 'clawql.turnFunnelOff', arguments: [String(port)] };
}

export const reconnect: Action = { title: 'Reconnect', command: 'clawql.reconnect', arguments: [] };

/** `setting` is one of the editor's or of this extension's. */
export function openSetting(setting: string): Action {
  return { title: `Open ${setting}`, command: 'clawql.openSetting', arguments: [setting] };
}

/** Pages that a link may open in the browser, by name. */
export const pages = {
  download: { title: 'Install Tailscale', url: 'https://tailscale.com/download' },
  policy: { title: 'Open the Policy', url: 'https://login.tailscale.com/admin/acls' },
  machines: { title: 'Open the Machines', url: 'https://login.tailscale.com/admin/machines' },
  dns: { title: 'Open the DNS Settings', url: 'https://login.tailscale.com/admin/dns' },
} as const;

export type PageName = keyof typeof pages;

export function openPage(page: PageName): Action {
  return { title: pages[page].title, command: 'clawql.openPage', arguments: [page] };
}

/** A page of Tailscale's own console; none for a tailnet of another control server. */
export function consolePage(page: PageName, suffix: string): readonly Action[] {
  return isTailscalesName(suffix) ? [openPage(page)] : [];
}

/** For a command line that the user runs: nothing of it is run from here. It is one of ours, and none of a peer's. */
export function copyCommand(command: string): Action {
  return { title: `Copy "${command}"`, command: 'clawql.copyText', arguments: [command] };
}

/** The command lines that a sentence of ours has in quotation marks. */
export function commandsIn(sentence: string): readonly string[] {
  const quoted = sentence.matchAll(/"((?:sudo|tailscale|service|rcctl|pkg|pkg_add|flatpak) [^"\n]+)"/g);
  return [...quoted].flatMap(([, one]) => one ?? []);
}
