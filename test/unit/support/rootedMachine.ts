import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { hostMachine } from '../../../src/node/hostMachine.ts';
import type { Command, Machine } from '../../../src/node/machine.ts';

/** What makes a machine another one than that on which the test runs. */
export interface OtherMachine {
  readonly platform: NodeJS.Platform;
  readonly env?: Readonly<Record<string, string>>;
  /** Owners that a test's user cannot give to a file, by path. */
  readonly owners?: Readonly<Record<string, number>>;
  /** Files that this machine's user may not read: a test that runs as root may read all. */
  readonly unreadable?: readonly string[];
}

/** Another machine, whose files and programs lie in a folder of the test and are read and run for real. Needs a Unix under it. */
export class RootedMachine implements Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly uid: number | undefined;
  /** The argument vector of everything that was run. */
  readonly commands: Command['argv'][] = [];
  readonly stat: Machine['stat'];
  readonly readText: Machine['readText'];
  readonly readLink: Machine['readLink'];
  readonly run: Machine['run'];
  readonly #root: string;

  constructor(root: string, { platform, env = {}, owners = {}, unreadable = [] }: OtherMachine) {
    const host = hostMachine();
    this.#root = root;
    this.platform = platform;
    this.env = env;
    this.uid = platform === 'win32' ? undefined : host.uid;
    this.stat = async (name) => {
      const found = await host.stat(this.#at(name));
      return found.ok ? { ok: true, value: { ...found.value, uid: owners[name] ?? found.value.uid } } : found;
    };
    this.readText = async (name) =>
      unreadable.includes(name) ? { ok: false, code: 'EACCES' } : host.readText(this.#at(name));
    this.readLink = (name) => host.readLink(this.#at(name));
    this.run = (command, signal, options) => {
      const { argv, env: added } = command;
      const [program, ...rest] = argv;
      this.commands.push(argv);
      return host.run({ argv: [this.#at(program), ...rest], env: added }, signal, options);
    };
  }

  write(name: string, text: string): void {
    mkdirSync(path.dirname(this.#at(name)), { recursive: true });
    writeFileSync(this.#at(name), text);
  }

  link(name: string, target: string): void {
    mkdirSync(path.dirname(this.#at(name)), { recursive: true });
    symlinkSync(target, this.#at(name));
  }

  /** A program of the shell: by its path, or by the name under which it is found. */
  program(name: string, script: string): void {
    this.write(name, `#!/bin/sh\n${script}\n`);
    chmodSync(this.#at(name), 0o755);
  }

  /** Programs without a folder lie in `/by-name`; paths of Windows become names of files. */
  #at(name: string): string {
    return path.join(this.#root, name.includes('/') ? name : `by-name/${name}`);
  }
}
