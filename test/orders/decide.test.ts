import { describe, expect, it } from 'vitest';
import { decideOrder, type OrderFacts } from '../../src/orders/decide.js';

const UNREADABLE: OrderFacts = {
  status: 'open',
  fulfilledBy: 'merchant',
  lineCount: 0,
  unknownSkus: [],
  placing: 'all',
  placed: false,
};

describe('an order without lines', () => {
  it.each(['open', 'pending', 'partially-shipped'] as const)('waits for a person when it is %s', (status) => {
    for (const placing of ['all', 'matched', null] as const) {
      expect(decideOrder({ ...UNREADABLE, status, placing })).toEqual({
        state: 'waiting',
        reason: 'the order could not be read: see its raw answer',
        place: false,
      });
    }
  });

  it('is refused when it is cancelled, and stays linked when it was placed', () => {
    expect(decideOrder({ ...UNREADABLE, status: 'cancelled' })).toMatchObject({ state: 'refused' });
    expect(decideOrder({ ...UNREADABLE, placed: true })).toMatchObject({ state: 'linked', place: false });
  });
});
