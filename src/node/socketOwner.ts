import { stat } from 'node:fs/promises';

/**
 * Whether a socket may be believed. Some platforms keep the daemon's socket in a folder where every local user can put one, and a
 * stranger's would tell of a tailnet that is none: it must belong to root or to this user. What is not there is nobody's.
 */
export async function belongsToStranger(socket: string): Promise<boolean> {
  const own = process.getuid?.();
  if (own === undefined) return false;
  try {
    const { uid } = await stat(socket);
    return uid !== 0 && uid !== own;
  } catch {
    return false;
  }
}
