import type { Command } from '../machine.ts';

/** A place where a daemon may be reached, told by how. */
export type DaemonPlace = SocketPlace | PipePlace | LoopbackPlace | ProgramPlace;

export interface SocketPlace {
  readonly kind: 'socket';
  readonly path: string;
  /** The user named it in the settings: then it may belong to anybody. */
  readonly isConfigured: boolean;
}

export interface PipePlace {
  readonly kind: 'pipe';
  readonly path: string;
}

/** The LocalAPI of an application of macOS, at a port that it chose, behind a token that only its user may read. */
export interface LoopbackPlace {
  readonly kind: 'loopback';
  readonly application: 'app-store' | 'standalone';
}

/** The command-line program, to which `status --json` is added. */
export interface ProgramPlace extends Command {
  readonly kind: 'program';
  /** Whose daemon it asks: that of the machine where it was found, or of the one round it. */
  readonly asks: 'this machine' | 'windows' | 'flatpak-host';
  /** The user named it in the settings. */
  readonly isConfigured: boolean;
}

/** A place in a word or two, as the log names it. */
export function placeName(place: DaemonPlace): string {
  switch (place.kind) {
    case 'socket':
    case 'pipe':
      return place.path;
    case 'loopback':
      return place.application === 'app-store' ? 'the Tailscale app of the App Store' : 'the standalone Tailscale app';
    case 'program':
      return place.argv.join(' ');
  }
}
