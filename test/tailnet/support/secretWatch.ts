import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** What was seen of a secret while it was watched for. */
export interface SecretSightings {
  /** How often all processes were looked at. */
  readonly rounds: number;
  /** Command lines and environments that held it, the secret left out. */
  readonly leaks: readonly string[];
  /** Every command line that was seen, arguments separated by spaces. */
  readonly commandLines: ReadonlySet<string>;
}

/** Looks at the command line and the environment of every process, over and over, from now until `stop`. Linux. */
export class SecretWatch {
  readonly #secret: string;
  readonly #leaks = new Set<string>();
  readonly #commandLines = new Set<string>();
  #rounds = 0;
  #isOver = false;
  readonly #ended: Promise<void>;

  constructor(secret: string) {
    this.#secret = secret;
    this.#ended = this.#watch();
  }

  async stop(): Promise<SecretSightings> {
    this.#isOver = true;
    await this.#ended;
    // What began since the last look is seen too.
    this.#look();
    return { rounds: this.#rounds, leaks: [...this.#leaks], commandLines: this.#commandLines };
  }

  async #watch(): Promise<void> {
    while (!this.#isOver) {
      this.#look();
      this.#rounds += 1;
      await new Promise(setImmediate);
    }
  }

  #look(): void {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      for (const what of ['cmdline', 'environ']) {
        const text = textOf(`/proc/${pid}/${what}`);
        if (what === 'cmdline') this.#commandLines.add(text);
        if (text.includes(this.#secret)) this.#leaks.add(`${what} of ${text.replaceAll(this.#secret, '(secret)')}`);
      }
    }
  }
}

/** Empty for a process that is gone by now. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

/** The files below these folders that hold a secret, which no command line tells. */
export function filesHolding(secret: string, folders: readonly string[]): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const args = ['--recursive', '--files-with-matches', '--fixed-strings', '--text', '--no-messages', '--file=-'];
    const grep = execFile('grep', [...args, '--', ...folders], (_error, stdout, stderr) => {
      // It says by its code whether it found any, and what could not be read may be gone by then.
      if (stderr === '') resolve(stdout.split('\n').filter((line) => line !== ''));
      else reject(new Error(stderr));
    });
    grep.stdin?.end(`${secret}\n`);
  });
}
