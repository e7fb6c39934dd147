import assert from 'node:assert/strict';

import { exportPaths } from '../../../../../src/core/views/routes/exportPaths.ts';

describe('exportPaths', () => {
  const rows: readonly (readonly [string, string, string, readonly string[]])[] = [
    ['/w/routes.md', '/w/routes.md', '/w/routes.json', ['/w/routes.json']],
    ['/w/Routes.MD', '/w/Routes.MD', '/w/Routes.json', ['/w/Routes.json']],
    ['/w/routes', '/w/routes.md', '/w/routes.json', ['/w/routes.md', '/w/routes.json']],
    ['/w/routes.json', '/w/routes.json.md', '/w/routes.json.json', ['/w/routes.json.md', '/w/routes.json.json']],
  ];
  for (const [chosen, markdown, json, unasked] of rows) {
    it(`writes ${markdown} for ${chosen}, and asks of ${unasked.join(' and ')}`, () => {
      assert.deepEqual(exportPaths(chosen), { markdown, json, unasked });
    });
  }
});
