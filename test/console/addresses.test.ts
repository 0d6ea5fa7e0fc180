import { describe, expect, it } from 'vitest';
import { pathOf } from '../../src/console/app/call.js';
import { flagIn, numberIn, placeIn, textIn, wordIn } from '../../src/console/app/search-params.js';
import {
  canGroup,
  filtersSet,
  readListingsSearch,
  showsGroups,
} from '../../src/console/routes/listings/search.js';

describe('what an address says', () => {
  it('is read member by member, and what is not understood is left out', () => {
    const given = { q: 4006381333931, state: 'blocked', from: '50', cursor: 'abc', open: '', rows: 'true' };
    expect(readListingsSearch(given)).toEqual({
      channel: undefined,
      state: 'blocked',
      issue: undefined,
      q: '4006381333931',
      rows: true,
      cursor: 'abc',
      from: 50,
      open: undefined,
    });
    expect(wordIn({ state: 'eaten' }, 'state', ['live'] as const)).toBeUndefined();
    expect(numberIn({ from: '-1' }, 'from')).toBeUndefined();
    expect(numberIn({ from: {} }, 'from')).toBeUndefined();
    expect(textIn({ q: 'x'.repeat(2001) }, 'q')).toBeUndefined();
    expect(textIn({ q: ['a'] }, 'q')).toBeUndefined();
    expect(flagIn({ rows: 'yes' }, 'rows')).toBeUndefined();
    expect(placeIn({})).toEqual({ cursor: undefined, from: undefined, open: undefined });
  });

  it('shows blocked and refused listings by issue until somebody looks for one', () => {
    expect(showsGroups({ state: 'blocked' })).toBe(true);
    expect(showsGroups({ state: 'blocked', rows: true })).toBe(false);
    expect(canGroup({ state: 'blocked', rows: true })).toBe(true);
    expect(showsGroups({ state: 'blocked', q: 'shirt' })).toBe(false);
    expect(showsGroups({ state: 'live' })).toBe(false);
    expect(filtersSet({ channel: 'google-us', q: 'shirt', state: 'live' })).toBe(2);
  });

  it('of a listing holds any SKU', () => {
    expect(pathOf('/listings', 'google-us', 'A/1 #2?&')).toBe('/listings/google-us/A%2F1%20%232%3F%26');
  });
});
