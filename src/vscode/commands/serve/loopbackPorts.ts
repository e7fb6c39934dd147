import { portOfUrl } from '../../../core/portOfUrl.ts';
import { isOwnInterface } from '../../../core/tailnet/funnel.ts';
import type { ConfigurationDirectory } from '../../files/configurationDirectory.ts';

/** Ports of this machine at which MCP configurations that this window reads have ClawQL. */
export async function loopbackPorts(directory: ConfigurationDirectory | undefined): Promise<readonly number[]> {
  await directory?.look();
  return (directory?.reports ?? []).flatMap(({ file, servers }) =>
    file.reader.kind === 'remote-window' ? [] : servers.flatMap(({ resolved }) => portIn(resolved)),
  );
}

function portIn(resolved: { readonly kind: string; readonly url?: string }): readonly number[] {
  const url = resolved.url === undefined ? null : URL.parse(resolved.url);
  return url?.protocol === 'http:' && isOwnInterface(url.hostname) ? [portOfUrl(url)] : [];
}
