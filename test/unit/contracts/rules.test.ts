import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rules } from '../../../src/core/diagnostics/rules/index.ts';

const root = new URL('../../..', import.meta.url);
const headings = ['## What it reports', '## Why', '## How to fix', '## Settings'];

function fileOf(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function names(folder: string, end: string): readonly string[] {
  return readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith(end))
    .map((name) => name.slice(0, -end.length))
    .toSorted();
}

describe('every rule', () => {
  const ids = rules.map(({ meta }) => meta.id);

  it('has an id of its own in kebab case and one sentence', () => {
    assert.ok(ids.length > 0);
    assert.equal(new Set(ids).size, ids.length);
    for (const { meta } of rules) {
      assert.match(meta.id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      assert.match(meta.summary, /^[A-Z].*[^.]\.$/);
    }
  });

  it('has its module in the index, and each module is a rule', () => {
    const modules = names('src/core/diagnostics/rules/', '.ts').filter((name) => name !== 'index');
    assert.deepEqual(modules, ids.map(fileOf).toSorted());
  });

  it('has its tests, and each test its rule', () => {
    assert.deepEqual(names('test/unit/core/diagnostics/rules/', '.test.ts'), ids.map(fileOf).toSorted());
  });

  it('has its page with the same headings in the same order, and each page its rule', () => {
    assert.deepEqual(names('docs/rules/', '.md'), ids.toSorted());
    for (const { meta } of rules) {
      const page = readFileSync(new URL(`docs/rules/${meta.id}.md`, root), 'utf8');
      assert.ok(page.startsWith(`# ${meta.id}\n\n${meta.summary}\n`), `${meta.id}: title and summary`);
      assert.deepEqual(page.match(/^## .*$/gm), headings);
      const sections = page.split(/^## .*$/m).slice(1);
      for (const section of sections) assert.ok(section.trim().length > 40, `${meta.id}: a section says nothing`);
      assert.ok(page.includes('`' + meta.severity + '`'), `${meta.id}: the default severity`);
    }
  });

  it('has only links that lead to a page', () => {
    for (const id of ids) {
      const page = readFileSync(new URL(`docs/rules/${id}.md`, root), 'utf8');
      for (const [, link = ''] of page.matchAll(/\]\((?!https:)([^)#]+)/g)) {
        assert.ok(existsSync(new URL(`docs/rules/${link}`, root)), `${id}: ${link}`);
      }
    }
  });
});
