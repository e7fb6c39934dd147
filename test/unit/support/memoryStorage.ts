import type { Storage } from '../../../src/services/storage.ts';

/** A store that lives as long as the test; values pass through JSON, as they do on their way to the editor's database. */
export class MemoryStorage implements Storage {
  readonly #texts = new Map<string, string>();

  constructor(content: Readonly<Record<string, unknown>> = {}) {
    for (const [key, value] of Object.entries(content)) this.#texts.set(key, JSON.stringify(value));
  }

  get keys(): readonly string[] {
    return [...this.#texts.keys()];
  }

  get(key: string): unknown {
    const text = this.#texts.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  }

  update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.#texts.delete(key);
    else this.#texts.set(key, JSON.stringify(value));
    return Promise.resolve();
  }
}
