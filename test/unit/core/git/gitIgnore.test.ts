import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { isIgnored, type IgnoreSource } from '../../../../src/core/git/gitIgnore.ts';

/** A repository in a temporary folder, apart from the configuration of whoever runs the tests; nothing in it is tracked. */
class Repository {
  readonly folder = mkdtempSync(join(tmpdir(), 'clawql-ignore-'));
  readonly #exclude = join(this.folder, '.git', 'info', 'exclude');

  constructor() {
    this.#git(['init', '-q'], '');
  }

  /** Asks git and `isIgnored`, and returns what both say of each path that is no folder. */
  answers(
    exclude: string,
    files: readonly IgnoreSource[],
    paths: readonly string[],
  ): Readonly<Record<string, boolean>> {
    writeFileSync(this.#exclude, exclude);
    for (const { folder, text } of files) {
      mkdirSync(join(this.folder, folder), { recursive: true });
      writeFileSync(join(this.folder, folder, '.gitignore'), text);
    }
    const sources = [{ folder: '', text: exclude }, ...files];
    const asked = paths.filter((path) => !existsSync(join(this.folder, path)));
    const answers: Record<string, boolean> = {};
    for (const { path, ignored, why } of this.#checkIgnore(asked)) {
      const around = sources.filter(({ folder }) => folder === '' || path.startsWith(`${folder}/`));
      assert.equal(isIgnored(path, around), ignored, `${JSON.stringify(path)}: git is decided by ${why}`);
      answers[path] = ignored;
    }
    for (const { folder } of files) {
      const [first = ''] = folder.split('/');
      rmSync(join(this.folder, first || '.gitignore'), { recursive: true, force: true });
    }
    return answers;
  }

  #checkIgnore(paths: readonly string[]): readonly { path: string; ignored: boolean; why: string }[] {
    const fields = this.#git(['check-ignore', '--stdin', '-z', '-v', '-n'], paths.join('\0')).split('\0');
    assert.equal(fields.length, 4 * paths.length + 1);
    return paths.map((path, index) => {
      const [source = '', line, pattern = '', asked] = fields.slice(4 * index, 4 * index + 4);
      assert.equal(asked, path);
      const ignored = source !== '' && !pattern.startsWith('!');
      return { path, ignored, why: source === '' ? 'nothing' : `${source}:${line}: ${JSON.stringify(pattern)}` };
    });
  }

  #git(words: readonly string[], input: string): string {
    const env = { PATH: process.env['PATH'], HOME: this.folder, GIT_CONFIG_NOSYSTEM: '1' };
    const { status, stdout, stderr } = spawnSync(
      'git',
      ['-c', 'core.excludesFile=', '-c', 'core.ignoreCase=false', ...words],
      { cwd: this.folder, env, input, encoding: 'utf8' },
    );
    // 1: none of the paths is ignored.
    assert.ok(status === 0 || (status === 1 && stderr === ''), stderr);
    return stdout;
  }
}

/** Windows has no such names. */
const oddNames = process.platform === 'win32' ? [] : ['a*', 'b?', '[a]', 'a\\b', 'a '];
const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'ab', 'A', '.env') },
  { weight: 2, arbitrary: fc.constantFrom('!a', '#b', 'a b', '{a}', 'a+', '$b', '^', ...oddNames) },
);
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));

const segment = fc.oneof(
  { weight: 3, arbitrary: name },
  { weight: 2, arbitrary: fc.constantFrom('*', '**', '***', '?', 'a*', '*b', '.*', '[ab]', '[!a]', '[^b]*', 'a?') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\\!a', '\\#b', '\\a', 'a\\*', '[[]a]', '[a-b]', '[]a]', 'a\\', '[a', '[[:alpha:]]', ''),
  },
);
const pattern = fc
  .tuple(
    fc.constantFrom('', '', '!'),
    fc.constantFrom('', '', '/'),
    fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => segments.join('/')),
    fc.constantFrom('', '', '/', '/**', '/*'),
    fc.constantFrom('', '', '', ' ', '  ', '\\ ', '\\  ', '\t'),
  )
  .map((parts) => parts.join(''));
/**
 * What the package documents as different from git: a run of asterisks behind letters or beside an escaped slash, which git takes for
 * `**` against its own documentation.
 */
const isContested = (line: string): boolean => /[^/*]\*{2,}|\\\//.test(line.replace(/^!/, ''));
const line = fc
  .oneof(
    { weight: 8, arbitrary: pattern },
    { weight: 2, arbitrary: fc.string({ unit: fc.constantFrom(...Array.from('aab*?[]!\\/ #-^')), maxLength: 6 }) },
  )
  .filter((text) => !isContested(text));
const text = fc
  .tuple(
    fc.constantFrom('', '', '\ufeff'),
    fc.array(fc.tuple(line, fc.constantFrom('\n', '\n', '\r\n')), { maxLength: 6 }),
    fc.constantFrom('', 'b', 'a\r'),
  )
  .map(([mark, lines, last]) => mark + lines.flat().join('') + last);
/** Folders on the ways of paths, so that several lie round one another. */
const files = fc
  .uniqueArray(fc.tuple(fc.oneof(fc.constant(''), path), text), { maxLength: 4, selector: ([folder]) => folder })
  .map((list) => list.map(([folder, content]) => ({ folder, text: content })))
  .map((list) => list.sort((one, other) => one.folder.length - other.folder.length));

describe('gitIgnore', function () {
  this.timeout(60_000);
  let repository: Repository;

  beforeEach(() => {
    repository = new Repository();
  });
  afterEach(() => {
    rmSync(repository.folder, { recursive: true, force: true });
  });

  it('says what git says of any paths and patterns', () => {
    let ignored = 0;
    let kept = 0;
    fc.assert(
      fc.property(text, files, fc.uniqueArray(path, { minLength: 20, maxLength: 40 }), (exclude, list, paths) => {
        const below = list.flatMap(({ folder }) => paths.slice(0, 8).map((one) => (folder ? `${folder}/${one}` : one)));
        const said = Object.values(repository.answers(exclude, list, [...new Set([...paths, ...below])]));
        ignored += said.filter(Boolean).length;
        kept += said.filter((one) => !one).length;
      }),
      { numRuns: 200 },
    );
    assert.ok(ignored > 500 && kept > 500, `${ignored} ignored, ${kept} not`);
  });

  const cases: readonly {
    readonly name: string;
    readonly exclude?: string;
    readonly files: Readonly<Record<string, string>>;
    readonly ignored?: readonly string[];
    readonly kept?: readonly string[];
  }[] = [
    {
      name: 'finds a name at any depth, in its own case',
      files: { '': '.env\n' },
      ignored: ['.env', 'a/b/.env', '.env/a'],
      kept: ['.env.local', '.ENV', 'a.env'],
    },
    {
      name: 'lets the last pattern that matches decide',
      files: { '': '.env*\n!.env.a\n.env.a\n!.env.b' },
      ignored: ['.env', '.env.a'],
      kept: ['.env.b'],
    },
    {
      name: 'lets a deeper file decide before those above it',
      files: { '': '.env\n', a: '!.env\n', 'a/b': '.env\n' },
      ignored: ['.env', 'a/b/.env'],
      kept: ['a/.env', 'a/c/.env'],
    },
    {
      name: 'lets info/exclude decide last of all',
      exclude: '.env\n*.local\n',
      files: { '': '!.env\n' },
      ignored: ['a.local'],
      kept: ['.env', 'a/.env'],
    },
    {
      name: 'keeps nothing below an ignored folder',
      files: { '': 'a/\n!a/.env\n', a: '!.env\n' },
      ignored: ['a/.env', 'a/b/.env'],
    },
    {
      name: 'keeps a folder that a deeper file keeps, with all in it',
      files: { '': 'a/b/\n', a: '!b/\n' },
      kept: ['a/b/.env', 'a/b/c/.env'],
    },
    {
      name: 'tells the contents of a folder from the folder',
      files: { '': 'a/*\n!a/.env\n' },
      ignored: ['a/b', 'a/b/.env'],
      kept: ['a/.env'],
    },
    {
      name: 'takes a slash at the end for folders only',
      files: { '': 'a/\n' },
      ignored: ['a/.env', 'b/a/.env'],
      kept: ['a', 'b/a'],
    },
    {
      name: 'begins in the folder of the file where a slash stands elsewhere',
      files: { a: '/.env\nb/c\n' },
      ignored: ['a/.env', 'a/b/c'],
      kept: ['.env', 'a/b/.env', 'b/c', 'a/a/b/c'],
    },
    {
      name: 'takes two asterisks for any number of folders',
      files: { '': 'a/**/.env\n', b: '**/c/.env\nd/**\n' },
      ignored: ['a/.env', 'a/x/y/.env', 'b/c/.env', 'b/x/c/.env', 'b/d/x'],
      kept: ['.env', 'b/a/.env', 'b/d'],
    },
    {
      name: 'reads lines that end as on Windows, and passes over a byte order mark',
      files: { '': '\ufeff.env\r\n!a/.env\r\n\r\nb/\r\n*.local\r', c: '\ufeffd\r\ne/\r' },
      ignored: ['.env', 'b/x', 'x.local', 'c/d', 'c/a/e/x'],
      kept: ['a/.env'],
    },
    {
      name: 'passes over spaces at the end, unless one is escaped',
      files: { '': 'a  \nb\\ \nc/ \n', d: 'a/ \n' },
      ignored: ['a', 'b ', 'c/x', 'd/a/x', 'd/e/a/x'],
      kept: ['a ', 'b', 'c'],
    },
    {
      name: 'passes over comments, and not over marks that are escaped',
      files: { '': '#a\n\\#b\n\\!c\n', d: '#a\n\\#b\n' },
      ignored: ['#b', '!c', 'd/#b'],
      kept: ['#a', 'a', 'c', '!x', 'd/#a'],
    },
    {
      name: 'finds letters that are not ASCII',
      files: { '': 'ünïcödé/\n', '\u{1f600}': '/.env' },
      ignored: ['ünïcödé/.env', '\u{1f600}/.env'],
      kept: ['unicode/.env', '\u{1f600}/a/.env'],
    },
    {
      name: 'ignores nothing where there is no pattern',
      files: { '': '\n  \n/\n!\n!/\n', a: '' },
      kept: ['.env', 'a/.env', 'a/b/.env'],
    },
  ];

  for (const { name: what, exclude = '', files: contents, ignored = [], kept = [] } of cases) {
    it(`${what}, as git does`, () => {
      const list = Object.entries(contents).map(([folder, content]) => ({ folder, text: content }));
      const wanted = [...ignored.map((one) => [one, true]), ...kept.map((one) => [one, false])];
      assert.deepEqual(repository.answers(exclude, list, [...ignored, ...kept]), Object.fromEntries(wanted));
    });
  }

  it("takes the characters of a folder's name for themselves", () => {
    const list = ['[a]', 'a*', 'b?', 'c\\d'].map((folder) => ({ folder, text: '.env\n/x\n' }));
    for (const { folder } of list) {
      assert.equal(isIgnored(`${folder}/.env`, list), true, folder);
      assert.equal(isIgnored(`${folder}/a/.env`, list), true, folder);
      assert.equal(isIgnored(`${folder}/x`, list), true, folder);
    }
    for (const other of ['a/.env', 'ab/.env', 'bc/x', 'cd/.env']) assert.equal(isIgnored(other, list), false, other);
  });

  it('does not throw, whatever the texts are', () => {
    const any = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(any, any, any, (path, folder, content) => {
        assert.equal(
          typeof isIgnored(path, [
            { folder: '', text: content },
            { folder, text: content },
          ]),
          'boolean',
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('ignores nothing by patterns that would hold the editor up', () => {
    const deep = `${'a/'.repeat(60)}.env`;
    const endless = [
      `.env\n${'/**/a'.repeat(6)}/b`,
      `.env\n${'/**/a/**/a/**/b\n'.repeat(1000)}`,
      `.env\n${'a*b?'.repeat(200_000)}`,
      `.env\n${'x\n'.repeat(400_000)}`,
    ];
    assert.equal(isIgnored(deep, [{ folder: '', text: '.env\n/**/a/**/b\n' }]), true);
    for (const content of endless) assert.equal(isIgnored(deep, [{ folder: '', text: content }]), false);
  }).timeout(2_000);
});
