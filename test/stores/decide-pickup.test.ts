import { describe, expect, it } from 'vitest';
import type { ChannelOrderStatus } from '../../src/domain/order.js';
import type { PickupNews } from '../../src/domain/order-message.js';
import { decidePickup, type FulfilmentState } from '../../src/stores/decide-pickup.js';

const NEWS: readonly PickupNews[] = ['ready', 'picked-up', 'not-collected'];
const told = (status: ChannelOrderStatus, state: FulfilmentState): string =>
  NEWS.map((news) => {
    const step = decidePickup(status, state, news);
    return typeof step === 'string' ? step : `!${step.refused}`;
  }).join(', ');

describe('what “ready, picked up, not collected” lead to, by what the channel says and how far the order is', () => {
  it.each<[ChannelOrderStatus, FulfilmentState, string]>([
    ['open', 'nowhere', '!no_location, !no_location, !no_location'],
    ['open', 'open', 'ready, collected, !not_ready'],
    ['open', 'ready', 'same, collected, not-collected'],
    ['open', 'collected', '!already_collected, same, !already_collected'],
    ['open', 'not-collected', '!given_back, collected, same'],
    ['open', 'cancelled', '!order_cancelled, !order_cancelled, !order_cancelled'],
    ['partially-shipped', 'open', 'ready, collected, !not_ready'],
    ['partially-shipped', 'ready', 'same, collected, not-collected'],
    ['pending', 'open', '!not_paid, !not_paid, !not_paid'],
    ['pending', 'ready', 'same, !not_paid, !not_paid'],
    ['shipped', 'open', '!already_collected, collected, !already_collected'],
    ['shipped', 'ready', 'same, collected, !already_collected'],
    ['shipped', 'collected', '!already_collected, same, !already_collected'],
    ['shipped', 'not-collected', '!already_collected, collected, same'],
    ['cancelled', 'open', '!order_cancelled, !order_cancelled, !order_cancelled'],
    ['cancelled', 'ready', 'same, !order_cancelled, !order_cancelled'],
    ['cancelled', 'collected', '!order_cancelled, same, !order_cancelled'],
    ['cancelled', 'not-collected', '!order_cancelled, !order_cancelled, same'],
  ])('%s, %s', (status, state, expected) => {
    expect(told(status, state)).toBe(expected);
  });
});
