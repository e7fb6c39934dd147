import { open } from 'node:fs/promises';

/** Writes what is added to a file, as it is added. `stop` writes the rest. */
export class FileTail {
  readonly #file: string;
  readonly #write: (text: string) => void;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> = Promise.resolve();
  #offset = 0;

  constructor(file: string, write: (text: string) => void) {
    this.#file = file;
    this.#write = write;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#readOn();
    }, 100);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#readOn();
    await this.#reading;
  }

  #readOn(): void {
    this.#reading = this.#reading.then(async () => {
      const handle = await open(this.#file).catch(() => undefined);
      if (handle === undefined) return;
      try {
        const { size } = await handle.stat();
        const { bytesRead, buffer } = await handle.read(Buffer.alloc(size - this.#offset), { position: this.#offset });
        this.#offset += bytesRead;
        if (bytesRead > 0) this.#write(buffer.subarray(0, bytesRead).toString());
      } finally {
        await handle.close();
      }
    });
  }
}
