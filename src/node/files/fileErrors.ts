/** The system's code for why it refused something, such as `ENOENT`; undefined for an error of another kind. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** What a look at a file gave; undefined where nothing is, or where the way to it leads through a file. Rejects as the look does. */
export async function ifThere<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Does something to a file. Rejects with the reason in words that can follow "FILE: "; an error without a code has them already. */
export async function inWords<T>(task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    const code = systemCode(error);
    throw code === undefined ? error : new Error(wordsOf(code, error), { cause: error });
  }
}

function wordsOf(code: string, error: unknown): string {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'permission is denied';
    case 'ENOENT':
      return 'the folder in which it should lie is not there';
    case 'ENOTDIR':
      return 'one of its folders is a file';
    case 'EISDIR':
      return 'it is a folder';
    case 'ELOOP':
      return 'its symbolic links lead in a circle';
    case 'EBUSY':
      return 'another program keeps it open';
    case 'EROFS':
      return 'it lies on a disk that cannot be written';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'there is no space left for it';
    default:
      // The names of Node's own errors: what was given is no path.
      if (code.startsWith('ERR_')) return 'it names no file of this machine';
      return `the system refuses it (${error instanceof Error ? error.message : code})`;
  }
}
