import assert from 'node:assert/strict';

import type { Retirement } from '../../../../../src/core/retire/retirement.ts';
import { retiredUrl } from '../../../../../src/core/retire/retiredUrl.ts';
import type { FoundFile, Search } from '../../../../../src/core/retire/search.ts';
import { retireView, type RetireResult } from '../../../../../src/core/views/retire/retireView.ts';

const url = 'https://mcp.acme.dev/mcp';
const endpoint = 'http://clawql-1.tail0.ts.net:8080/mcp';

function file(label: string, retirement: Partial<Retirement>): FoundFile {
  const text = `\n${url} token=s3cret-9f8e7d6c5b4a\n`;
  return {
    uri: `file:///w/${label}`,
    label,
    text,
    retirement: { replacements: [], kept: [], mentions: [], ...retirement },
  };
}

const span = { offset: 1, length: url.length };
const replaced = file('.cursor/mcp.json', {
  replacements: [{ kind: 'entry', span, edits: [{ span, text: '${env:CLAWQL_MCP_URL}' }] }],
});

function search(found: readonly FoundFile[], parts: Partial<Search> = {}): Search {
  const retired = retiredUrl(url);
  assert.ok(retired);
  const rest = {
    read: 12,
    clientFiles: ['~/.cursor/mcp.json (Cursor)'],
    tooLarge: [],
    unreadable: [],
    binary: 0,
    isCut: false,
  };
  return { retired, found, ...rest, ...parts };
}

function view(result: Partial<RetireResult>) {
  return retireView({
    before: search([replaced]),
    after: search([]),
    endpoint,
    problems: [],
    about: 'about',
    ...result,
  });
}

describe('retireView', () => {
  it('says that nothing uses the URL only where all was looked at', () => {
    assert.deepEqual([view({}).verdict.kind, view({}).verdict.heading], ['ok', `Nothing here uses ${url} any more`]);
    for (const parts of [{ isCut: true }, { unreadable: ['x'] }, { tooLarge: ['x'] }]) {
      const { kind, heading } = view({ after: search([], parts) }).verdict;
      assert.deepEqual([kind, heading], ['unknown', `Nothing that was looked at uses ${url} any more`]);
    }
  });

  it('lists what is left, with its line, its reason and a link, and shows nothing else of the line', () => {
    const left = file('.env', { kept: [{ span, reason: 'git tracks this file' }] });
    const shown = view({ after: search([left, replaced]), problems: ['a.md could not be saved.'] });
    assert.equal(shown.verdict.heading, `2 uses of ${url} are left`);
    assert.deepEqual(shown.verdict.notes, ['a.md could not be saved.']);
    const [section] = shown.sections;
    assert.equal(section?.title, 'What is left');
    assert.deepEqual(
      section.blocks.map(({ lead, text, links }) => [lead, text, links?.[0]?.arguments]),
      [
        ['.env, line 2:', 'Git tracks this file.', ['file:///w/.env', '1']],
        ['.cursor/mcp.json, line 2:', 'It was not replaced.', ['file:///w/.cursor/mcp.json', '1']],
      ],
    );
    assert.doesNotMatch(JSON.stringify(shown), /s3cret/);
  });

  it('says what was replaced, and what a variable must hold', () => {
    const section = view({}).sections.find(({ title }) => title === 'Replaced');
    assert.deepEqual(section?.blocks[0]?.items, ['.cursor/mcp.json: 1 use']);
    assert.deepEqual(section.blocks[1]?.code, [`CLAWQL_MCP_URL=${endpoint}`]);
  });

  it('counts what is beyond anybody’s patience', () => {
    const kept = Array.from({ length: 60 }, () => ({ span, reason: 'so' }));
    const [section] = view({ after: search([file('.env', { kept })]) }).sections;
    assert.equal(section?.blocks.length, 51);
    assert.equal(section.blocks.at(-1)?.text, 'And 10 more.');
  });

  it('names what was looked at and what was not', () => {
    const { sections } = view({
      after: search([], { binary: 2, isCut: true, tooLarge: ['a.json'], unreadable: ['b.json'] }),
    });
    const blocks = sections.find(({ title }) => title === 'What was looked at')?.blocks;
    assert.deepEqual(
      blocks?.map(({ items }) => items),
      [
        [],
        ['~/.cursor/mcp.json (Cursor)'],
        [
          'Files beyond the first 5,000 of the workspace.',
          '2 files that are no text in UTF-8 or UTF-16.',
          'a.json: too large.',
          'b.json: could not be read.',
        ],
      ],
    );
  });
});
