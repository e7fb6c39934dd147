import type { DaemonPlatform } from '../../core/tailnet/daemonPlatform.ts';
import type { DaemonPlace } from './daemonPlace.ts';
import { pipePlace, platformPlaces, programPlace, socketPlace } from './platformPlaces.ts';

/** What the settings say of the daemon; an empty text is no word. */
export interface ConfiguredDaemon {
  readonly socketPath: string;
  readonly cliPath: string;
}

/** The places of a platform in their order. A configured socket or program stands alone: whoever sets one means that one. */
export function placesToTry(
  platform: DaemonPlatform,
  { socketPath, cliPath }: ConfiguredDaemon,
  searchPath = '',
): readonly DaemonPlace[] {
  const usual = platformPlaces[platform.kind];
  const programs =
    cliPath === ''
      ? withoutTwins(
          usual.filter(({ kind }) => kind === 'program'),
          searchPath,
        )
      : [programPlace(cliPath, 'this machine', true)];
  if (socketPath === '') return [...usual.filter(({ kind }) => kind !== 'program'), ...programs];
  const place = isPipe(socketPath) ? pipePlace(socketPath) : socketPlace(socketPath, true);
  return cliPath === '' ? [place] : [place, ...programs];
}

function isPipe(path: string): boolean {
  return /^[\\/]{2}/.test(path);
}

/** A program that was asked by its name need not be asked again by its path: one that finds no daemon takes seconds to say so. */
function withoutTwins(places: readonly DaemonPlace[], searchPath: string): readonly DaemonPlace[] {
  const names = places.flatMap((place) => (place.kind === 'program' ? [place.argv[0]] : []));
  const twins = searchPath.split(':').flatMap((folder) => names.map((name) => `${folder}/${name}`));
  return places.filter((place) => place.kind !== 'program' || !twins.includes(place.argv[0]));
}
