import assert from 'node:assert/strict';
import dotenv from 'dotenv';
import fc from 'fast-check';
import { parseEnv } from '../../../../src/core/dotenv/envDocument.ts';
import { removeEnvEntry, setEnvValue, upsertEnvValue } from '../../../../src/core/dotenv/envEdits.ts';
import { applyEdits } from '../../../../src/core/text.ts';
import { applied } from '../mcp/editChecks.ts';
import { envFile, envFragment, envNames } from './envFiles.ts';

function set(text: string, value: string): string | undefined {
  const [entry] = parseEnv(text).entries;
  const edit = entry && setEnvValue(entry, value);
  return edit && applyEdits(text, [edit]);
}

describe('setEnvValue', () => {
  it('keeps quotes, comments, line ends and the byte order mark', () => {
    assert.equal(
      set('\ufeffexport A = "old"  # why\r\nB=1\r\n', 'http://h:1/mcp'),
      '\ufeffexport A = "http://h:1/mcp"  # why\r\nB=1\r\n',
    );
    assert.equal(set("A='old'", 'new'), "A='new'");
    assert.equal(set('A=old # why\n', 'new'), 'A=new # why\n');
    assert.equal(set('A=\nB=2', 'new'), 'A=new\nB=2');
  });

  it('changes the quotes only where they cannot hold the value', () => {
    assert.equal(set('A=old', 'http://h/#x'), "A='http://h/#x'");
    assert.equal(set("A='old'", "it's"), "A=it's");
    assert.equal(set('A="old"', 'C:\\new'), 'A=C:\\new');
    assert.equal(set('A=old', '\'"` #'), undefined);
  });

  it('writes only what dotenv reads back, and touches nothing else', () => {
    const line = fc.constantFrom('A=1', 'A="x y" # c', "export A='q'", 'A: `b`', 'A=', 'A=x#c');
    const value = fc.array(fc.constantFrom('http://h', '#', ' ', "'", '"', '`', '\\n', '\\', '\n', 'x', '${A}'), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(line, value, fc.constantFrom('\nB=2\n', '\r\nB=2', ''), (first, parts, rest) => {
        const wanted = parts.join('');
        const result = set(first + rest, wanted);
        if (result === undefined) return;
        assert.deepEqual({ ...dotenv.parse(result) }, { ...dotenv.parse(first + rest), A: wanted });
        assert.ok(result.endsWith(rest));
      }),
      { numRuns: 1000 },
    );
  });
});

function read(text: string): Record<string, string> {
  return { ...dotenv.parse(text) };
}

function without(values: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([one]) => one !== name));
}

const url = 'http://clawql-1.example.ts.net:8080/mcp';

describe('upsertEnvValue', () => {
  const examples: readonly (readonly [before: string, after: string])[] = [
    ['', `URL=${url}\n`],
    ['\ufeff', `\ufeffURL=${url}\n`],
    ['A=1\n', `A=1\nURL=${url}\n`],
    ['A=1\r\nB=2\r\n', `A=1\r\nB=2\r\nURL=${url}\r\n`],
    ['A=1\rB=2', `A=1\rB=2\rURL=${url}`],
    ['A=1', `A=1\nURL=${url}`],
    ['# only a comment', `# only a comment\nURL=${url}`],
    ['\ufeffURL=old # why\r\nB=2', `\ufeffURL=${url} # why\r\nB=2`],
    ['export URL="old"', `export URL="${url}"`],
    ["URL: 'old'#c\n", `URL: '${url}'#c\n`],
    ['URL=first\nA=1\nURL=last\n', `URL=first\nA=1\nURL=${url}\n`],
    ['URL=\nA=1', `URL=${url}\nA=1`],
    ['# URL=commented out\n', `# URL=commented out\nURL=${url}\n`],
    ['URL="two\nlines"\nA=1', `URL="${url}"\nA=1`],
  ];
  for (const [before, after] of examples) {
    it(`writes into ${JSON.stringify(before)}`, () => {
      assert.equal(applied(before, upsertEnvValue(before, 'URL', url)), after);
      assert.deepEqual(upsertEnvValue(after, 'URL', url), { kind: 'unchanged' });
    });
  }

  it('makes dotenv read the value, and every other name as before', () => {
    let [edits, broken] = [0, 0];
    const name = fc.constantFrom('X', ...envNames);
    const value = fc.oneof(
      fc.constantFrom(url, 'https://h/#x', "http://h/it's", ''),
      fc.array(envFragment, { maxLength: 4 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(envFile, name, value, (text, key, wanted) => {
        const plan = upsertEnvValue(text, key, wanted);
        if (plan.kind === 'broken') {
          broken++;
          assert.match(plan.reason, new RegExp(`^${key} cannot be changed here`));
          return;
        }
        edits++;
        const result = applied(text, plan);
        assert.deepEqual(read(result), { ...read(text), [key]: wanted });
        assert.equal(result.startsWith('\ufeff'), text.startsWith('\ufeff'));
        assert.deepEqual(upsertEnvValue(result, key, wanted), { kind: 'unchanged' });
      }),
      { numRuns: 1000 },
    );
    assert.ok(edits > 4 * broken, `${edits} edits, ${broken} refused`);
  });

  it('finds room for a URL in any file but one whose last line swallows the next', () => {
    fc.assert(
      fc.property(envFile, fc.constantFrom('X', ...envNames), (text, key) => {
        const plan = upsertEnvValue(text, key, url);
        if (plan.kind === 'broken') assert.match(text, /:\s{0,2}$|["'`]/, JSON.stringify(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('takes other quotes where those of a line that never ends would take the value in', () => {
    assert.equal(applied("A='x", upsertEnvValue("A='x", 'X', "http://h/a'")), `A='x\nX="http://h/a'"`);
  });

  it('says that no form can hold a value, and changes nothing', () => {
    for (const [text, value] of [
      ['A=1\n', '\'"` #'],
      ['A:', url],
    ] as const) {
      assert.deepEqual(upsertEnvValue(text, 'X', value), {
        kind: 'broken',
        line: 1,
        column: 1,
        reason: 'X cannot be changed here without changing what the file says of others; nothing was changed',
      });
    }
  });
});

describe('removeEnvEntry', () => {
  const examples: readonly (readonly [before: string, after: string])[] = [
    ['URL=x', ''],
    ['\ufeffURL=x\r\n', '\ufeff'],
    ['A=1\nURL=x\nB=2\n', 'A=1\nB=2\n'],
    ['A=1\r\nURL="x"  \r\nB=2', 'A=1\r\nB=2'],
    ['A=1\r\nURL=x', 'A=1'],
    ['A=1\rURL=x', 'A=1'],
    ['export URL=x\nB=2', 'B=2'],
    ['  URL = x\nB=2', 'B=2'],
    ['URL=x # why\nB=2', '# why\nB=2'],
    ['URL="x"#why', '#why'],
    ['URL="two\nlines"\nB=2', 'B=2'],
    ['URL=first\nURL=last\n', 'URL=first\n'],
    ['URL=\n', ''],
  ];
  for (const [before, after] of examples) {
    it(`takes the variable out of ${JSON.stringify(before)}`, () => {
      assert.equal(applied(before, removeEnvEntry(before, 'URL')), after);
    });
  }

  it('changes nothing where the variable is not', () => {
    for (const text of ['', '# URL=x\n', 'URLS=x\n', 'A="\nURL=x\n"']) {
      assert.deepEqual(removeEnvEntry(text, 'URL'), { kind: 'unchanged' }, text);
    }
  });

  it('leaves every other name as dotenv read it, and the assignment before it of the same name', () => {
    fc.assert(
      fc.property(envFile, fc.constantFrom(...envNames), (text, key) => {
        const plan = removeEnvEntry(text, key);
        if (plan.kind === 'broken') return;
        const result = applied(text, plan);
        assert.deepEqual(without(read(result), key), without(read(text), key));
        const count = (of: string): number => parseEnv(of).entries.filter(({ name }) => name === key).length;
        assert.equal(count(result), Math.max(0, count(text) - 1));
      }),
      { numRuns: 1000 },
    );
  });

  it('takes out the very assignment that is given, and what counts still counts', () => {
    const shadowed = (text: string): string => {
      const [first] = parseEnv(text).entries;
      assert.ok(first);
      return applied(text, removeEnvEntry(text, first));
    };
    assert.equal(shadowed('\ufeffexport URL="two\r\nlines"\r\nURL=last\r\n'), '\ufeffURL=last\r\n');
    assert.equal(shadowed('URL=first # why\nB=2\nURL=last'), '# why\nB=2\nURL=last');
    fc.assert(
      fc.property(envFile, fc.nat(), (text, index) => {
        const { entries } = parseEnv(text);
        const entry = entries[index % Math.max(1, entries.length)];
        fc.pre(entry !== undefined && entries.findLast(({ name }) => name === entry.name) !== entry);
        const plan = removeEnvEntry(text, entry);
        if (plan.kind !== 'broken') assert.deepEqual(read(applied(text, plan)), read(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('takes back to the byte what was added to a file without that name', () => {
    fc.assert(
      fc.property(envFile, fc.constantFrom(url, 'https://h/#x', "http://h/it's"), (text, value) => {
        const plan = upsertEnvValue(text, 'X', value);
        fc.pre(plan.kind === 'edits');
        const added = applied(text, plan);
        assert.equal(applied(added, removeEnvEntry(added, 'X')), text);
      }),
      { numRuns: 1000 },
    );
  });
});
