import ignore from 'ignore';

/** The patterns of one file: a `.gitignore`, or `.git/info/exclude`, which belongs to the top. */
export interface IgnoreSource {
  /** Where the patterns hold, relative to the repository's top, with `/`; '' is the top. */
  readonly folder: string;
  readonly text: string;
}

/**
 * Whether patterns ignore a file. The path is relative to the repository's top, with `/`; the sources come from the weakest to the
 * strongest: `.git/info/exclude`, then each `.gitignore` from the top downwards. Letters match in their own case, as without
 * `core.ignoreCase`. False as well when the patterns are too costly to be matched. Source: git, `Documentation/gitignore.adoc`.
 */
export function isIgnored(path: string, sources: readonly IgnoreSource[]): boolean {
  const patterns = sources.flatMap(patternsOf);
  if (areCostly(patterns, path.split('/').length)) return false;
  return ignore({ ignoreCase: false, allowRelativePaths: true }).add(patterns.join('\n')).ignores(path);
}

/** The lines of a source, each with the meaning at the top that it has in its folder: so all of them make one list, whose last match decides. */
function patternsOf({ folder, text }: IgnoreSource): readonly string[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n|\r$/);
  const patterns = lines.filter((line) => !/^(#|!?\/? *$)/.test(line));
  if (folder === '') return patterns;
  const prefix = `/${folder.replaceAll(/[\\*?[]/g, '\\$&')}/`;
  return patterns.map((line) => {
    const [mark, pattern] = line.startsWith('!') ? ['!', line.slice(1)] : ['', line];
    // Spaces at the end do not count, so a slash before them is the last character, which anchors nothing.
    const isAnchored = /\/(?! *$)/.test(pattern);
    return mark + prefix + (isAnchored ? pattern.replace(/^\//, '') : `**/${pattern}`);
  });
}

/** UTF-16 code units. No path that git keeps is longer. */
const longestPattern = 4096;
/** About a second at the worst, and far more than patterns written by people need. */
const mostTries = 250_000;

/** A repository of a stranger's must not hold the editor up: a `**` tries every number of folders, several try every way to share them out. */
function areCostly(patterns: readonly string[], depth: number): boolean {
  const triesOf = (pattern: string): number => depth ** (1 + (pattern.match(/\*\*/g)?.length ?? 0));
  const tries = patterns.reduce((sum, pattern) => sum + triesOf(pattern), 0);
  return tries > mostTries || patterns.some((pattern) => pattern.length > longestPattern);
}
