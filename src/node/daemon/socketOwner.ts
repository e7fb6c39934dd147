import path from 'node:path';

import type { DaemonFailure } from '../../core/tailnet/tailnet.ts';
import type { SocketPlace } from './daemonPlace.ts';
import type { Machine } from '../machine.ts';

/** How a user namespace shows an owner whom it does not know: the usual `/proc/sys/kernel/overflowuid`. */
const unmappedUser = 65_534;

/**
 * Why a socket is not asked: it is not there, or not believed; undefined where it may be asked. Some platforms keep the daemon's socket in
 * a folder where every local user can put one, and a stranger's would tell of a tailnet that is none: so the socket and its folder must
 * belong to root or to this user. In a sandbox or a rootless container root's files have no known owner; outside of the folders for
 * everybody, root put them there. A socket that the user named is believed.
 */
export async function refusalOf(
  { path: socket, isConfigured }: SocketPlace,
  { uid: own, stat }: Pick<Machine, 'uid' | 'stat'>,
): Promise<DaemonFailure | undefined> {
  const found = await stat(socket);
  if (!found.ok) return { kind: kindOf(found.code), where: socket, detail: `stat ${found.code}` };
  if (!found.value.isSocket) return { kind: 'unexpected-answer', where: socket, detail: 'it is no socket' };
  if (isConfigured) return undefined;
  const folder = path.posix.dirname(socket);
  const folderFound = await stat(folder);
  const isForEverybody = /^\/(var\/)?tmp\//.test(socket);
  const isBelieved = (uid: number): boolean => uid === 0 || uid === own || (uid === unmappedUser && !isForEverybody);
  const owners = [
    [socket, found.value.uid] as const,
    ...(folderFound.ok ? [[folder, folderFound.value.uid] as const] : []),
  ];
  const stranger = owners.find(([, uid]) => !isBelieved(uid));
  if (stranger === undefined) return undefined;
  const detail =
    `${stranger[0]} belongs to user ${stranger[1]} and not to root or you, so it is not believed; if it is your daemon's, set ` +
    `clawql.tailscale.socketPath to ${socket}`;
  return { kind: 'no-permission', where: socket, detail };
}

function kindOf(code: string): DaemonFailure['kind'] {
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'not-found';
  return code === 'EACCES' || code === 'EPERM' ? 'no-permission' : 'not-answering';
}
