import assert from 'node:assert/strict';
import { fileLinks } from '../../../../src/core/help/fileLinks.ts';
import { spanEnd } from '../../../../src/core/text.ts';
import { read } from '../diagnostics/world.ts';

function links(text: string, path = '/w/.env'): readonly string[] {
  return fileLinks(read(path, text)).map((link) => {
    assert.equal(text.slice(link.span.offset, spanEnd(link.span)), link.path);
    return link.path;
  });
}

describe('fileLinks', () => {
  it('are the API descriptions that a .env names', () => {
    assert.deepEqual(
      links(
        'CLAWQL_SPEC_PATH=./a b.yaml # x\nOPENAPI_SPEC_PATH="/srv/b.json"\nexport OPENAPI_FILE=C:\\c.yaml\nX=./d.yaml',
      ),
      ['./a b.yaml', '/srv/b.json', 'C:\\c.yaml'],
    );
  });

  it('are each of a list', () => {
    assert.deepEqual(links("CLAWQL_SPEC_PATHS='a/x.yaml, b.json ;;\n  c.json,'"), ['a/x.yaml', 'b.json', 'c.json']);
  });

  it('are none for URLs, variables and patterns, and for an assignment that a later one replaces', () => {
    assert.deepEqual(links('CLAWQL_SPEC_PATHS=https://a/x.yaml,${HOME}/y.yaml,specs/*.yaml,<path>'), []);
    assert.deepEqual(links('CLAWQL_SPEC_PATH=a.yaml\nCLAWQL_SPEC_PATH='), []);
    assert.deepEqual(links('CLAWQL_SPEC_PATH="a\\nb.yaml"'), []);
  });

  it("are none in a file that is not ClawQL's", () => {
    assert.deepEqual(links('OPENAPI_FILE=openapi.yaml'), []);
    assert.deepEqual(links('{"mcpServers": {}}', '/w/.cursor/mcp.json'), []);
  });
});
