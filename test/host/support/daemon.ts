import fs from 'node:fs/promises';
import net from 'node:net';
import { startLocalApi, type LocalApiServer } from '../../support/demo/localApi.ts';
import type { StatusDocument } from '../../support/demo/demoStatus.ts';

/** The Tailscale daemon that the extension of this window asks, at the socket that the stage named. Nothing listens there before `start`. */
export class TestDaemon {
  readonly socketPath: string;
  #api: LocalApiServer | undefined;

  constructor(socketPath = process.env['CLAWQL_TEST_SOCKET']) {
    if (socketPath === undefined) throw new Error('CLAWQL_TEST_SOCKET does not say where the daemon is to listen.');
    this.socketPath = socketPath;
  }

  /** How many watch its bus now. */
  get watchers(): number {
    return this.#api?.watchers ?? 0;
  }

  /** Starts it; where it runs, it says from now on what `status` says, and tells whoever watches. */
  async say(status: StatusDocument): Promise<void> {
    if (this.#api !== undefined) {
      this.#api.setStatus(status);
      return;
    }
    await fs.rm(this.socketPath, { force: true });
    this.#api = await startLocalApi({ socketPath: this.socketPath, status });
  }

  /** What it tells of its preferences, until it is ended. */
  setPreferences(preferences: unknown): void {
    this.#api?.setPreferences(preferences);
  }

  /** Ends it, as its user does: the socket goes too. */
  async stop(): Promise<void> {
    await this.#api?.close();
    this.#api = undefined;
    await fs.rm(this.socketPath, { force: true });
  }

  /** Ends it as a crash does: the socket stays behind, and refuses everybody. */
  async crash(): Promise<void> {
    await this.stop();
    const elsewhere = `${this.socketPath}-moved`;
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(elsewhere, resolve));
    await fs.rename(elsewhere, this.socketPath);
    await new Promise((resolve) => server.close(resolve));
  }
}
