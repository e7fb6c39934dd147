/** Reads big-endian numbers and texts one after the other; what would go past `end` is undefined, and nothing throws. */
export class ByteReader {
  readonly end: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #position = 0;

  constructor(bytes: Uint8Array, end: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.end = end;
  }

  /** Where the next byte comes from; past `end` after skipping too far. */
  get position(): number {
    return this.#position;
  }

  skip(length: number): void {
    this.#position += length;
  }

  uint8(): number | undefined {
    const start = this.#take(1);
    return start === undefined ? undefined : this.#view.getUint8(start);
  }

  uint16(): number | undefined {
    const start = this.#take(2);
    return start === undefined ? undefined : this.#view.getUint16(start);
  }

  uint32(): number | undefined {
    const start = this.#take(4);
    return start === undefined ? undefined : this.#view.getUint32(start);
  }

  /** ASCII. */
  text(length: number): string | undefined {
    const start = this.#take(length);
    return start === undefined ? undefined : String.fromCharCode(...this.#bytes.subarray(start, start + length));
  }

  /** The bytes before the next NUL, which is passed over. */
  untilNul(): Uint8Array | undefined {
    const nul = this.#bytes.indexOf(0, this.#position);
    if (nul < 0 || nul >= this.end) return undefined;
    const bytes = this.#bytes.subarray(this.#position, nul);
    this.#position = nul + 1;
    return bytes;
  }

  /** A number in git's offset encoding: seven bits a byte, the highest first, plus one for each byte that follows another. */
  offsetVarint(): number | undefined {
    let value = -1;
    for (let count = 0; count < 5; count++) {
      const byte = this.uint8();
      if (byte === undefined) return undefined;
      value = (value + 1) * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
    return undefined;
  }

  /** Where the next `length` bytes begin, which are then passed over. */
  #take(length: number): number | undefined {
    const start = this.#position;
    if (start + length > this.end) return undefined;
    this.#position += length;
    return start;
  }
}
