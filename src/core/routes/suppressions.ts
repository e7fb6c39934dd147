import { compareTexts } from '../compareTexts.ts';
import type { CheckedFile } from '../diagnostics/checkedFile.ts';
import { ignoreComments } from '../diagnostics/ignoreComments.ts';
import type { Settings } from '../settings.ts';
import type { FilePlace } from './route.ts';
import { placesIn } from './serverView.ts';

/** Something that keeps a rule silent, with the reason that was given; empty where none was. */
export type Suppression =
  /** `clawql.diagnostics.enabled` is off. */
  | { readonly kind: 'all'; readonly reason: '' }
  | { readonly kind: 'host'; readonly host: string; readonly reason: string }
  | {
      readonly kind: 'comment';
      readonly place: FilePlace;
      readonly ruleIds: readonly string[];
      readonly reason: string;
    };

/** All of them: the switch, those of the settings by host, then the comments by file and line. */
export function suppressionsOf(settings: Settings, files: readonly CheckedFile[]): readonly Suppression[] {
  const hosts = settings['diagnostics.allowedHosts']
    .toSorted((one, other) => compareTexts(one.host, other.host))
    .map(({ host, reason = '' }): Suppression => ({ kind: 'host', host, reason }));
  const comments = files
    .toSorted((one, other) => compareTexts(one.path, other.path))
    .flatMap(({ uri, path, model }) => {
      const placeAt = placesIn({ uri, path, text: model.source.text });
      return ignoreComments(model).map(({ span, ruleIds, reason }): Suppression => ({
        kind: 'comment',
        place: placeAt(span.offset),
        ruleIds,
        reason,
      }));
    });
  const all: readonly Suppression[] = settings['diagnostics.enabled'] ? [] : [{ kind: 'all', reason: '' }];
  return [...all, ...hosts, ...comments];
}
