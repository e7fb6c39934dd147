import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { lookUpInIndex } from '../../../../src/core/git/gitIndex.ts';

/** A repository in a temporary folder, apart from the configuration of whoever runs the tests. */
class Repository {
  readonly folder = mkdtempSync(join(tmpdir(), 'clawql-git-'));

  git(...words: readonly string[]): string {
    const env = { PATH: process.env['PATH'], HOME: this.folder, GIT_CONFIG_NOSYSTEM: '1' };
    return execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...words], {
      cwd: this.folder,
      env,
      encoding: 'utf8',
      input: '',
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  }

  write(path: string, text = ''): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** Puts paths into the index without files, as fast as git can. */
  addToIndex(paths: readonly string[]): void {
    const blob = this.git('hash-object', '-w', '--stdin').trim();
    execFileSync('git', ['update-index', '-z', '--index-info'], {
      cwd: this.folder,
      input: paths.map((path) => `100644 ${blob}\t${path}\0`).join(''),
    });
  }

  get index(): Uint8Array {
    return readFileSync(join(this.folder, '.git', 'index'));
  }

  answer(path: string): string {
    return lookUpInIndex(this.index, path);
  }
}

describe('gitIndex', function () {
  this.timeout(60_000);
  let repository: Repository;

  beforeEach(() => {
    repository = new Repository();
  });
  afterEach(() => {
    rmSync(repository.folder, { recursive: true, force: true });
  });

  const paths = Array.from(
    { length: 3000 },
    (_, index) => `folder-${index % 37}/${'deep/'.repeat(index % 5)}.env.${index}`,
  );
  const odd = ['.env', 'ünïcödé/\u{1f600}.env', 'a b/.env', `${'long/'.repeat(1000)}.env`, '.cursor/mcp.json'];

  for (const { format, version } of [
    { format: 'sha1', version: '2' },
    { format: 'sha1', version: '3' },
    { format: 'sha1', version: '4' },
    { format: 'sha256', version: '2' },
    { format: 'sha256', version: '4' },
  ]) {
    it(`knows thousands of paths in version ${version} with ${format}`, () => {
      repository.git('init', '-q', `--object-format=${format}`);
      repository.addToIndex([...paths, ...odd]);
      repository.git('update-index', '--index-version', version);
      if (version === '3') {
        // Git writes version 3 only when an entry needs its extended flags.
        repository.write('later.env');
        repository.git('add', '--intent-to-add', 'later.env');
        assert.equal(repository.answer('later.env'), 'tracked');
      }
      const { index } = repository;
      assert.equal(index[7], Number(version));
      const listed = repository
        .git('ls-files', '-z')
        .split('\0')
        .filter((path) => path !== '');
      assert.equal(listed.length, paths.length + odd.length + Number(version === '3'));
      const sample = listed.filter((path, position) => position % 9 === 0 || odd.includes(path));
      for (const path of sample) assert.equal(lookUpInIndex(index, path), 'tracked', path);
      for (const path of ['.ENV', '.env.local', 'folder-0', 'folder-0/', '', '.en', '.envx']) {
        assert.equal(lookUpInIndex(index, path), 'untracked', path);
      }
    });
  }

  it('follows git add, commit and rm --cached, with the extensions that they leave', () => {
    repository.git('init', '-q');
    repository.write('.env', 'A=1');
    repository.write('a/b/c.txt');
    repository.git('add', 'a');
    assert.equal(repository.answer('.env'), 'untracked');
    repository.git('add', '.env');
    repository.git('commit', '-q', '-m', 'x');
    assert.equal(repository.answer('.env'), 'tracked');
    repository.git('update-index', '--untracked-cache');
    repository.git('rm', '-q', '--cached', '.env');
    repository.git('status');
    assert.equal(repository.answer('.env'), 'untracked');
    assert.equal(repository.answer('a/b/c.txt'), 'tracked');
  });

  it('says unknown for a split and for a sparse index', () => {
    repository.git('init', '-q');
    repository.write('.env');
    repository.write('out/x');
    repository.git('add', '.');
    repository.git('commit', '-q', '-m', 'x');
    repository.git('update-index', '--split-index');
    assert.equal(repository.answer('.env'), 'unknown');
    repository.git('update-index', '--no-split-index');
    assert.equal(repository.answer('.env'), 'tracked');
    repository.git('sparse-checkout', 'init', '--cone', '--sparse-index');
    assert.equal(repository.answer('out/x'), 'unknown');
  });

  it('says unknown for bytes that are no index, and never throws', () => {
    repository.git('init', '-q');
    repository.addToIndex(paths.slice(0, 20));
    for (const version of ['2', '4']) {
      repository.git('update-index', '--index-version', version);
      const { index } = repository;
      fc.assert(
        fc.property(fc.nat(index.length), (length) => {
          if (length < index.length) assert.equal(lookUpInIndex(index.slice(0, length), '.env'), 'unknown');
        }),
        { numRuns: 500 },
      );
      fc.assert(
        fc.property(fc.array(fc.tuple(fc.nat(index.length - 1), fc.nat(255)), { maxLength: 5 }), (changes) => {
          const damaged = index.slice();
          for (const [at, byte] of changes) damaged[at] = byte;
          assert.ok(['tracked', 'untracked', 'unknown'].includes(lookUpInIndex(damaged, '.env')));
        }),
        { numRuns: 1000 },
      );
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => lookUpInIndex(bytes, '.env') === 'unknown'));
    const endless = new Uint8Array(1000).fill(0xff);
    endless.set([0x44, 0x49, 0x52, 0x43, 0, 0, 0, 4]);
    assert.equal(lookUpInIndex(endless, '.env'), 'unknown');
  });
});
