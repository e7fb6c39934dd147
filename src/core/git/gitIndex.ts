import { ByteReader } from './byteReader.ts';

/** Whether git tracks a path, as far as its index tells here. */
export type IndexAnswer = 'tracked' | 'untracked' | 'unknown';

/** `SHA-1` repositories, the rule, and those made with `--object-format=sha256`: the index itself does not say which it is. */
const hashLengths = [20, 32];

/**
 * Looks a path up in the bytes of a `.git/index`, versions 2 to 4. The path is relative to the top of the work tree, with `/`. `unknown`
 * when the bytes are no index, when entries lie in another file (split index) or stand for whole folders (sparse index), and when an
 * extension is there that a reader must understand. Source: git, `Documentation/gitformat-index.adoc`.
 */
export function lookUpInIndex(index: Uint8Array, path: string): IndexAnswer {
  const wanted = new TextEncoder().encode(path);
  for (const hashLength of hashLengths) {
    const answer = search(index, wanted, hashLength);
    if (answer !== undefined) return answer;
  }
  return 'unknown';
}

/** Undefined when the bytes are no index with hashes of that length. */
function search(index: Uint8Array, wanted: Uint8Array, hashLength: number): IndexAnswer | undefined {
  const reader = new ByteReader(index, index.length - hashLength);
  if (reader.text(4) !== 'DIRC') return undefined;
  const version = reader.uint32();
  const count = reader.uint32();
  if (version === undefined || version < 2 || version > 4 || count === undefined) return undefined;
  let found = false;
  let previous: Uint8Array = new Uint8Array();
  for (let entry = 0; entry < count; entry++) {
    const name = version === 4 ? compressedName(reader, hashLength, previous) : paddedName(reader, hashLength, version);
    if (name === undefined) return undefined;
    found ||= sameBytes(name, wanted);
    previous = name;
  }
  const complete = extensionsAllowAnswer(reader);
  if (complete === undefined) return undefined;
  if (!complete) return 'unknown';
  return found ? 'tracked' : 'untracked';
}

/** The bytes of an entry before its hash: times, device, inode, mode, owner, group, size. */
const statLength = 40;

/** The flags: undefined when the entry is cut off. Extended flags (version 3 and later) are two bytes more. */
function skipToName(reader: ByteReader, hashLength: number, version: number): number | undefined {
  reader.skip(statLength + hashLength);
  const flags = reader.uint16();
  if (flags === undefined) return undefined;
  const isExtended = (flags & 0x4000) !== 0;
  if (isExtended && version === 2) return undefined;
  if (isExtended) reader.skip(2);
  return flags;
}

/** Versions 2 and 3: the name, and NUL bytes (one at least) up to a multiple of eight bytes of the entry. */
function paddedName(reader: ByteReader, hashLength: number, version: number): Uint8Array | undefined {
  const start = reader.position;
  const flags = skipToName(reader, hashLength, version);
  const name = reader.untilNul();
  if (flags === undefined || name === undefined || !lengthAgrees(flags, name)) return undefined;
  const length = reader.position - start;
  reader.skip((8 - (length % 8)) % 8);
  return name;
}

/** Version 4: how much of the previous name's end falls away, and what follows in its place. */
function compressedName(reader: ByteReader, hashLength: number, previous: Uint8Array): Uint8Array | undefined {
  const flags = skipToName(reader, hashLength, 4);
  const removed = reader.offsetVarint();
  const suffix = reader.untilNul();
  if (flags === undefined || removed === undefined || suffix === undefined || removed > previous.length)
    return undefined;
  const kept = previous.length - removed;
  const name = new Uint8Array(kept + suffix.length);
  name.set(previous.subarray(0, kept));
  name.set(suffix, kept);
  return lengthAgrees(flags, name) ? name : undefined;
}

/** The flags hold the name's length, or the largest number that fits for a longer one. An empty name is an entry of a split index. */
function lengthAgrees(flags: number, name: Uint8Array): boolean {
  return Math.min(name.length, 0xfff) === (flags & 0xfff);
}

/** True when all extensions may be ignored (their first letter is a capital), undefined when they do not end where they must. */
function extensionsAllowAnswer(reader: ByteReader): boolean | undefined {
  let allowed = true;
  while (reader.position < reader.end) {
    const signature = reader.text(4);
    const length = reader.uint32();
    if (signature === undefined || length === undefined || length > reader.end - reader.position) return undefined;
    if (!/^[A-Z]/.test(signature)) allowed = false;
    reader.skip(length);
  }
  return reader.position === reader.end ? allowed : undefined;
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  // From the end, where paths of one folder differ.
  for (let index = one.length - 1; index >= 0; index--) if (one[index] !== other[index]) return false;
  return true;
}
