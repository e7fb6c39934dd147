import assert from 'node:assert/strict';

import { replaceRows, type PickPlaces } from '../../../../../src/core/views/hosts/hostPickPlaces.ts';

const none: PickPlaces<string> = { gone: [], shown: [] };

function placeOf(row: string, { gone, shown }: PickPlaces<string>): number {
  return gone.length + shown.indexOf(row);
}

function at(place: number, { gone, shown }: PickPlaces<string>): string | undefined {
  return [...gone, ...shown][place];
}

describe('replaceRows', () => {
  it('shows the new rows alone', () => {
    const first = replaceRows(none, ['one', 'two']);
    assert.deepEqual(first, { gone: [], shown: ['one', 'two'] });
    assert.deepEqual(replaceRows(first, ['two', 'one', 'three']).shown, ['two', 'one', 'three']);
  });

  it('has at a place of an earlier list what was there, however often the list changed', () => {
    const lists = [['one', 'two'], ['two'], ['zero', 'two', 'one'], []].values();
    let places = none;
    const clicks: { readonly row: string; readonly place: number }[] = [];
    for (const rows of lists) {
      places = replaceRows(places, rows);
      clicks.push(...rows.map((row) => ({ row, place: placeOf(row, places) })));
      for (const { row, place } of clicks) assert.equal(at(place, places), row);
    }
  });

  it('does not grow without end, and has nothing at the places of the list before when it begins anew', () => {
    const rows = ['one', 'two', 'three'];
    let places = replaceRows(none, rows);
    let beginnings = 0;
    for (let n = 0; n < 200; n += 1) {
      const before = placeOf('one', places);
      places = replaceRows(places, rows);
      assert.ok(places.gone.length <= 200);
      if (places.gone.length > 0) continue;
      beginnings += 1;
      assert.equal(at(before, places), undefined);
    }
    assert.equal(beginnings, 2);
  });
});
