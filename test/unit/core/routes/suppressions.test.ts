import assert from 'node:assert/strict';

import { readDocument } from '../../../../src/core/diagnostics/documentModel.ts';
import { suppressionsOf } from '../../../../src/core/routes/suppressions.ts';
import { settings } from '../../support/builders.ts';

function of(files: Readonly<Record<string, string>>): readonly string[] {
  const checked = Object.entries(files).flatMap(([path, text]) => {
    const surroundings = { tracking: 'unknown', besideCompose: false, inWorkspace: true, isHere: true } as const;
    const model = readDocument({ path: `/w/${path}`, text, ...surroundings });
    return model === undefined ? [] : [{ uri: `file:///w/${path}`, path, model }];
  });
  return suppressionsOf(settings(), checked).map((one) =>
    one.kind !== 'comment' ? one.kind : `${one.place.path}:${one.place.line} ${one.ruleIds.join('+')} "${one.reason}"`,
  );
}

describe('suppressionsOf', () => {
  it('has each comment that silences rules, with its reason, by file and line', () => {
    assert.deepEqual(
      of({
        'b/.env':
          '\n# clawql-ignore-next-line public-url, localhost-url: a tunnel\nA=1\n#clawql-ignore-next-line env-json\nB=1\n',
        '.vscode/mcp.json': '{"servers": {\n/* clawql-ignore-next-line mcp-secret – made for a test */\n"a": {}}}',
      }),
      [
        '.vscode/mcp.json:2 mcp-secret "made for a test"',
        'b/.env:2 public-url+localhost-url "a tunnel"',
        'b/.env:4 env-json ""',
      ],
    );
  });

  it('has the switch of all rules first, where it is off', () => {
    const off = settings({ 'diagnostics.enabled': false, 'diagnostics.allowedHosts': [{ host: 'a.dev' }] });
    assert.deepEqual(suppressionsOf(off, []), [
      { kind: 'all', reason: '' },
      { kind: 'host', host: 'a.dev', reason: '' },
    ]);
  });

  it('takes nothing for one that is none', () => {
    assert.deepEqual(
      of({
        '.env':
          '# clawql-ignore-next-line\nX="\n# clawql-ignore-next-line env-json\n"\nY=1 # clawql-ignore-next-line env-json\n',
      }),
      [],
    );
  });
});
