import { describe, expect, it } from 'vitest';
import type { ChannelOrderStatus } from '../../src/domain/order.js';
import { decideOrder, type OrderFacts, type PlacingProgress } from '../../src/orders/decide.js';

const READY: OrderFacts = {
  status: 'open',
  fulfilledBy: 'merchant',
  lineCount: 1,
  unknownSkus: [],
  brokenBundles: [],
  placing: 'all',
  progress: 'none',
};
const decided = (changes: Partial<OrderFacts>): string => {
  const { state, place, reason } = decideOrder({ ...READY, ...changes });
  return [state, ...(place ? ['place'] : []), ...(reason === null ? [] : [reason])].join(': ');
};

describe('where an order stands, by what the channel says and how far it is with the shop', () => {
  it.each<[ChannelOrderStatus, PlacingProgress, string]>([
    ['pending', 'none', 'waiting: not paid yet'],
    ['pending', 'asking', 'waiting: place: to be placed in the shop'],
    ['pending', 'placed', 'linked'],
    ['pending', 'by-hand', 'linked: handled by hand'],
    ['open', 'none', 'waiting: place: to be placed in the shop'],
    ['open', 'asking', 'waiting: place: to be placed in the shop'],
    ['open', 'placed', 'linked'],
    ['open', 'by-hand', 'linked: handled by hand'],
    ['partially-shipped', 'none', 'waiting: place: to be placed in the shop'],
    ['partially-shipped', 'asking', 'waiting: place: to be placed in the shop'],
    ['partially-shipped', 'placed', 'linked'],
    ['partially-shipped', 'by-hand', 'linked: handled by hand'],
    ['shipped', 'none', 'linked: shipped before it could be placed'],
    ['shipped', 'asking', 'waiting: place: to be placed in the shop'],
    ['shipped', 'placed', 'linked'],
    ['shipped', 'by-hand', 'linked: handled by hand'],
    ['cancelled', 'none', 'refused: cancelled at the channel'],
    ['cancelled', 'asking', 'refused: cancelled at the channel'],
    ['cancelled', 'placed', 'linked: cancelled at the channel after it was placed'],
    ['cancelled', 'by-hand', 'refused: cancelled at the channel'],
  ])('%s, %s', (status, progress, expected) => {
    expect(decided({ status, progress })).toBe(expected);
  });
});

describe('an order that is ready is taken', () => {
  it.each(['all', 'matched', null] as const)(
    'not before it can be read, whatever is placed (%s)',
    (placing) => {
      const told = 'waiting: the order could not be read: see its raw answer';
      expect(decided({ lineCount: 0, placing })).toBe(told);
      expect(decided({ lineCount: 0, placing, status: 'pending' })).toBe(told);
    },
  );

  it('with a SKU nobody knows only where all orders are placed', () => {
    expect(decided({ unknownSkus: ['X', 'Y'], placing: 'matched' })).toBe(
      'waiting: no product has the SKU X, Y',
    );
    expect(decided({ unknownSkus: ['X'], placing: null })).toBe('waiting: no product has the SKU X');
    expect(decided({ unknownSkus: ['X'] })).toBe('waiting: place: to be placed in the shop');
    expect(decided({ brokenBundles: ['SET (no product has its component X)'], placing: 'matched' })).toBe(
      'waiting: nobody knows what it is made of: SET (no product has its component X)',
    );
    expect(decided({ brokenBundles: ['SET (why)'] })).toBe('waiting: place: to be placed in the shop');
  });

  it('but not placed when the channel ships it, or where there is no shop', () => {
    expect(decided({ fulfilledBy: 'channel' })).toBe('linked: the channel ships it itself');
    expect(decided({ placing: null })).toBe('linked');
  });
});
