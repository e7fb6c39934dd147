import { readFileSync, statSync, type BigIntStats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';

import { mostReadBytes, tooLargeToRead } from '../../services/entries/textFiles.ts';
import { ifThere } from './fileErrors.ts';

/** A file as it was at one moment. */
export interface FileContent {
  /** From before the bytes were read: a change between the two shows as one. */
  readonly stats: BigIntStats;
  readonly bytes: Buffer;
  /** All of the bytes: a byte order mark is a part of it. */
  readonly text: string;
}

/** Reads a file of UTF-8, of at most `mostReadBytes`; undefined where there is none. Rejects, mostly in words, where it is something else. */
export async function readTextFile(file: string): Promise<FileContent | undefined> {
  const stats = await ifThere(() => stat(file, { bigint: true }));
  if (stats === undefined) return undefined;
  // Before it is opened: a pipe would keep the reader waiting for a writer.
  if (!stats.isFile()) throw new Error(stats.isDirectory() ? 'it is a folder' : 'it is no ordinary file');
  if (stats.size > mostReadBytes) throw new Error(tooLargeToRead(Number(stats.size)));
  const bytes = await ifThere(() => readFile(file));
  return bytes && { stats, bytes, text: textOf(bytes) };
}

/**
 * Whether a file is still what was read. The bytes are compared too, because the times of many file systems are coarser than two writes
 * are apart; before the rest, so that what follows comes as soon as can be after the last look. Synchronous, so that nothing that this
 * process does comes between.
 */
export function isAsRead(file: string, { stats, bytes }: FileContent): boolean {
  // Looked at first, because a file that is gone is no error.
  if (!isSame(statSync(file, { bigint: true, throwIfNoEntry: false }), stats)) return false;
  if (!readFileSync(file).equals(bytes)) return false;
  return isSame(statSync(file, { bigint: true, throwIfNoEntry: false }), stats);
}

function isSame(one: BigIntStats | undefined, other: BigIntStats): boolean {
  return (['ino', 'size', 'mtimeNs', 'ctimeNs'] as const).every((fact) => one?.[fact] === other[fact]);
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new Error('it is not UTF-8 text', { cause: error });
  }
}
