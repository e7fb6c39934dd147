import { loginPage, type LoginPage } from '../../core/tailnet/join/loginPage.ts';
import { upEvents } from '../../core/tailnet/join/upOutput.ts';

/** Follows what "tailscale up" prints, and ends it where there is nothing more to wait for. */
export class UpWatch {
  readonly #server: string;
  readonly #onPage: (page: LoginPage) => void;
  readonly #stop = new AbortController();
  #output = '';
  #seen = 0;
  needsApproval = false;
  hasPage = false;

  constructor(server: string, onPage: (page: LoginPage) => void) {
    this.#server = server;
    this.#onPage = onPage;
  }

  /** Aborted when the program is to be ended. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  giveUp(): void {
    this.#stop.abort();
  }

  add(text: string): void {
    this.#output += text;
    const events = upEvents(this.#output);
    for (const event of events.slice(this.#seen)) {
      if (event.kind === 'needs-approval') {
        this.needsApproval = true;
        this.#stop.abort();
        continue;
      }
      const page = loginPage(event.url, this.#server);
      if (page === undefined) continue;
      this.hasPage = true;
      this.#onPage(page);
    }
    this.#seen = events.length;
  }
}
