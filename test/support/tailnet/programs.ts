import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { cacheDirectory } from '../../../scripts/support/cache.ts';
import { withInstallLock } from '../editor/installLock.ts';
import { run } from './command.ts';
import type { Control } from './labDescription.ts';

type GoModule = 'tailscale' | Control;

/** What to build in a module, and the requirement that its version is named by. */
const modules: Readonly<Record<GoModule, { packages: string; requirement: RegExp }>> = {
  tailscale: { packages: 'tool', requirement: /tailscale\.com (v\S+)/ },
  headscale: { packages: 'tool', requirement: /github\.com\/juanfont\/headscale (v\S+)/ },
  managed: { packages: '.', requirement: /tailscale\.com (v\S+)/ },
};

/** Paths: what every node runs, and the control server. */
export interface Programs {
  readonly tailscale: string;
  readonly tailscaled: string;
  readonly control: string;
}

/** The folder of a module, with its go.mod and go.sum. */
export function moduleFolder(module: GoModule): string {
  return path.join(import.meta.dirname, 'programs', module);
}

/** The modules that a lab under this control needs and that are not in the cache yet. */
export function unbuiltModules(control: Control): GoModule[] {
  return (['tailscale', control] as const).filter((module) => !existsSync(builtFolder(module)));
}

/**
 * Builds what is not in the cache. The versions and checksums are those of the committed go.mod and go.sum; where modules come
 * from and how Go builds is left to the machine's own Go environment. Rejects with Go's words when a build fails.
 */
export async function buildPrograms(control: Control, say: (text: string) => void): Promise<Programs> {
  for (const module of unbuiltModules(control)) await build(module, say);
  return {
    tailscale: path.join(builtFolder('tailscale'), 'tailscale'),
    tailscaled: path.join(builtFolder('tailscale'), 'tailscaled'),
    control: path.join(builtFolder(control), control),
  };
}

/** Where a module's programs lie once they are built: named by the version and by all that they are built from. */
function builtFolder(module: GoModule): string {
  const folder = moduleFolder(module);
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(path.join(folder, name)));
  const [, version = ''] = modules[module].requirement.exec(readFileSync(path.join(folder, 'go.mod'), 'utf8')) ?? [];
  return cacheDirectory('tailnet', `${module}-${version}-${hash.digest('hex').slice(0, 12)}`);
}

async function build(module: GoModule, say: (text: string) => void): Promise<void> {
  const target = builtFolder(module);
  const unfinished = `${target}.unfinished`;
  await mkdir(path.dirname(target), { recursive: true });
  await withInstallLock(target, async () => {
    if (existsSync(target)) return;
    say(`Building ${path.basename(target)}, once; a few minutes on a fresh machine.`);
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished);
    // Without the repository's own commit, which Tailscale would take for its own; and apart from any workspace around.
    const args = ['build', '-mod=readonly', '-buildvcs=false', '-o', unfinished + path.sep, modules[module].packages];
    const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' };
    await run({ file: 'go', args }, { cwd: moduleFolder(module), env, timeout: 30 * 60_000 });
    await rename(unfinished, target);
  });
}
