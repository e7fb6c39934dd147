import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** What a VS Code executable is asked for. Options that mean nothing here are passed over, as VS Code does it. */
export interface LaunchArguments {
  readonly plan: string;
  readonly developmentExtensions: readonly string[];
  readonly suite: string;
  readonly vsix: readonly string[];
  readonly userData: string | undefined;
  readonly open: string | undefined;
}

export function readLaunchArguments(argv: readonly string[]): LaunchArguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    options: {
      plan: { type: 'string' },
      extensionDevelopmentPath: { type: 'string', multiple: true },
      extensionTestsPath: { type: 'string' },
      'install-extension': { type: 'string', multiple: true },
      'user-data-dir': { type: 'string' },
      'extensions-dir': { type: 'string' },
    },
  });
  const paths = (value: unknown): string[] =>
    [value]
      .flat()
      .filter((given) => typeof given === 'string')
      .map((given) => (given.startsWith('file:') ? fileURLToPath(given) : path.resolve(given)));
  const [plan] = paths(values.plan);
  const [suite] = paths(values.extensionTestsPath);
  if (plan === undefined || suite === undefined) throw new Error('The launcher needs --plan and --extensionTestsPath.');
  return {
    plan,
    suite,
    developmentExtensions: paths(values.extensionDevelopmentPath),
    vsix: paths(values['install-extension']),
    userData: paths(values['user-data-dir'])[0],
    open: paths(positionals[0])[0],
  };
}
