import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { parseArgs } from 'node:util';
import { TailnetLab } from '../test/support/tailnet/lab.ts';
import {
  clawqlHosts,
  clawqlPort,
  controls,
  descriptionFile,
  nodeNames,
} from '../test/support/tailnet/labDescription.ts';
import type { Control } from '../test/support/tailnet/labDescription.ts';
import { presentRuns, removeRun, runDirectory } from '../test/support/tailnet/removal.ts';
import { installSystemPackages, missingForTailnet } from '../test/support/tailnet/requirements.ts';
import { until } from '../test/support/tailnet/until.ts';
import { withLab } from '../test/support/tailnet/withLab.ts';

const usage = `npm run tailnet -- up     [--control headscale|managed]                a real tailnet on this machine, until Ctrl+C
npm run tailnet -- up     [--control headscale|managed] -- COMMAND…    one for as long as the command runs on its laptop
npm run tailnet -- shell  [--control headscale|managed] [-- COMMAND…]  a shell, or a command, on the laptop of one that is up
npm run tailnet -- status                                              what is up
npm run tailnet -- down                                                take down all that is up`;

/** An error that the user can do something about: told without a stack trace. */
class UsageError extends Error {}

/** Runs a command on the laptop, in this terminal. Returns its exit code, 128 and the signal's number when a signal ended it. */
async function runOnLaptop(lab: TailnetLab, argv: readonly string[]): Promise<number> {
  const { file, args } = lab.inside('laptop', argv);
  const child = spawn(file, args, { stdio: 'inherit', env: { ...process.env, ...lab.environment } });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

async function describe(lab: TailnetLab): Promise<string> {
  const { control, suffix, directory } = lab.description;
  const { Self, Peer } = await lab.status('laptop');
  const nodes = [Self, ...Object.values(Peer ?? {})];
  const lines = nodeNames.map((name) => {
    const node = nodes.find(({ DNSName }) => DNSName.startsWith(`${name}.`));
    const state = node === undefined ? 'not visible' : name === 'laptop' || node.Online ? 'online' : 'offline';
    return `  ${`${name}.${suffix}`.padEnd(30)}${state.padEnd(9)}${(node?.Tags ?? []).join(' ')}`;
  });
  const urls = clawqlHosts.flatMap((name) => [
    `  http://${name}.${suffix}:${clawqlPort}/mcp`,
    ...(control === 'managed' ? [`  https://${name}.${suffix}/mcp`] : []),
  ]);
  return [`${control}, state and logs in ${directory}`, ...lines, 'ClawQL:', ...urls].join('\n');
}

async function up(control: Control, command: readonly string[]): Promise<number> {
  installSystemPackages();
  const missing = missingForTailnet();
  if (missing.length > 0) throw new UsageError(missing.join('\n'));
  const start = performance.now();
  return withLab({ control }, async (lab) => {
    console.error(`Up after ${((performance.now() - start) / 1000).toFixed(1)} s.`);
    if (command.length > 0) return runOnLaptop(lab, command);
    console.log(await describe(lab));
    console.log(`\nA shell on the laptop: npm run tailnet -- shell --control ${control}\nCtrl+C takes it down.`);
    // Nothing to wait for but the signal, which ends the process.
    return new Promise<never>(() => setInterval(() => undefined, 1 << 30));
  });
}

async function labsUp(): Promise<TailnetLab[]> {
  const files = presentRuns().flatMap(({ run, owner }) =>
    owner === undefined ? [] : [descriptionFile(runDirectory(run))],
  );
  return Promise.all(files.filter((file) => existsSync(file)).map((file) => TailnetLab.attach(file)));
}

async function shell(control: Control | undefined, command: readonly string[]): Promise<number> {
  const labs = (await labsUp()).filter((lab) => control === undefined || lab.description.control === control);
  const [lab] = labs;
  if (lab === undefined) throw new UsageError('No such tailnet is up. Run in another terminal: npm run tailnet -- up');
  if (labs.length > 1)
    throw new UsageError('More than one is up. Say which with --control headscale or --control managed.');
  // Ctrl+C is for the command, which gets it too.
  process.on('SIGINT', () => undefined);
  return runOnLaptop(lab, command.length > 0 ? command : [process.env['SHELL'] ?? '/bin/sh']);
}

async function status(): Promise<number> {
  const labs = await labsUp();
  for (const lab of labs) console.log(await describe(lab));
  if (labs.length === 0) console.log('No tailnet is up.');
  return 0;
}

/** One that is up belongs to a process, which takes it down when it is told to end. */
async function down(): Promise<number> {
  for (const { run, owner } of presentRuns()) {
    if (owner === undefined) {
      removeRun(run);
    } else {
      process.kill(owner, 'SIGTERM');
      const isGone = () => Promise.resolve(presentRuns().some((present) => present.run === run) ? undefined : true);
      await until(`process ${owner} takes ${run} down`, isGone);
    }
    console.log(`${run} is down.`);
  }
  return 0;
}

function parse(argv: readonly string[]) {
  const split = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const options = { control: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args: argv.slice(0, split), options, allowPositionals: true });
  const control = controls.find((name) => name === values.control);
  if (positionals.length > 1 || (values.control !== undefined && control === undefined)) throw new UsageError(usage);
  return { verb: positionals[0], control, command: argv.slice(split + 1) };
}

async function main(argv: readonly string[]): Promise<number> {
  const { verb, control, command } = parse(argv);
  switch (verb) {
    case 'up':
      return up(control ?? 'headscale', command);
    case 'shell':
      return shell(control, command);
    case 'status':
      return status();
    case 'down':
      return down();
    default:
      throw new UsageError(usage);
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = 1;
}
