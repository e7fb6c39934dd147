import assert from 'node:assert/strict';

import { searchResult } from '../../../../../src/core/views/hosts/searchResult.ts';
import { laptop, node, tailnet } from '../../../support/builders.ts';

describe('searchResult', () => {
  const [box, desk] = [node('box', { tags: [] }), node('desk', { tags: [] })];

  it('names the machines on which ClawQL was found', () => {
    assert.equal(searchResult(tailnet([]), [laptop, box, desk], [box, desk]).text, 'found on box, desk.');
  });

  it('names those that were asked where none answers, and the ways on', () => {
    assert.equal(
      searchResult(tailnet([]), [laptop, box], []).text,
      'laptop, box did not answer as ClawQL on port 443 or 8080. Name the host in clawql.hosts, or enter its URL.',
    );
  });

  it('says why no machine counts as the own one where this machine carries a tag', () => {
    const self = { ...laptop, tags: ['tag:ci'] };
    assert.match(searchResult(tailnet([], { self }), [self], []).text, /carries a tag, so the tailnet does not say/);
  });

  it('says that there was nobody to ask', () => {
    assert.match(searchResult(tailnet([]), [], []).text, /^none of your machines is online/);
  });
});
