import path from 'node:path';

/** What of a machine decides by whom its names are resolved, beside its resolver. Paths are absolute. */
export interface NameSources {
  readonly hostsFile: string;
  readonly resolvConf: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Those of the machine on which the extension runs. */
export function ownNameSources(platform = process.platform, env: NameSources['env'] = process.env): NameSources {
  const windows = env['SystemRoot'] ?? String.raw`C:\Windows`;
  const hostsFile =
    platform === 'win32' ? path.win32.join(windows, String.raw`System32\drivers\etc\hosts`) : '/etc/hosts';
  return { hostsFile, resolvConf: '/etc/resolv.conf', env };
}
