import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amazonCarrier } from '../../../connectors/amazon/carriers.js';
import { listingState, verdictIssues, verdictOf } from '../../../connectors/amazon/listing-state.js';
import { cursorAfter, readCursor } from '../../../connectors/amazon/order-cursor.js';
import { channelOrder } from '../../../connectors/amazon/order-decode.js';
import { verdictFor } from '../../../connectors/amazon/settle.js';
import type { JsonObject } from '../../../src/domain/json.js';

const STORE = 'ATVPDKIKX0DER';
const NAMES = [
  'summaries',
  'status',
  'issues',
  'severity',
  'enforcements',
  'actions',
  'action',
  'exemption',
  'fulfillmentAvailability',
  'fulfillmentChannelCode',
  'marketplaceIds',
  'categories',
];

function judged(status: readonly string[], more: JsonObject = {}): readonly unknown[] {
  const summary = { marketplaceId: STORE, status, lastUpdatedDate: '2026-11-24T10:00:00Z' };
  const stock = [{ fulfillmentChannelCode: 'DEFAULT', quantity: 3 }];
  const state = listingState(
    { sku: 'A', summaries: [summary], fulfillmentAvailability: stock, ...more },
    STORE,
  );
  if (!state) throw new Error('no state');
  return [verdictOf(state), verdictIssues(state).map(({ severity, code }) => `${severity} ${code}`)];
}

const issue = (severity: string, more: JsonObject = {}): JsonObject => ({
  issues: [{ code: '18742', message: 'No', severity, categories: [], ...more }],
});

const enforced = (...actions: readonly string[]): JsonObject => ({
  enforcements: { actions: actions.map((action) => ({ action })), exemption: { status: 'NOT_EXEMPT' } },
});

describe('the verdict of what was sent', () => {
  const MINUTE = 60_000;
  const item = { sku: 'A', externalId: null, action: 'upsert', kind: null } as const;
  const shown = (more: JsonObject = {}, asin: JsonObject = { asin: 'B000000001' }) => {
    const summary = { marketplaceId: STORE, status: [], lastUpdatedDate: '2026-11-24T10:00:00Z', ...asin };
    return listingState({ sku: 'A', summaries: [summary], fulfillmentAvailability: [], ...more }, STORE);
  };
  const aged = (minutes: number) => ({ since: 0, ageMs: minutes * MINUTE, answered: true });

  it('waits half an hour for the offer of a new listing, which comes after its item, but not with a reason to refuse', () => {
    expect(verdictFor(item, shown(), aged(5))).toBeNull();
    expect(verdictFor(item, shown(), aged(30))).toMatchObject({
      outcome: 'rejected',
      issues: [{ code: 'not_buyable' }],
    });
    expect(verdictFor(item, shown(issue('ERROR')), aged(5))).toMatchObject({ outcome: 'rejected' });
    const known = { ...item, externalId: 'B000000001' };
    expect(verdictFor(known, shown(), aged(5))).toMatchObject({ outcome: 'rejected' });
  });

  it('of a parent is its ASIN: without children Amazon may show it to nobody, and nobody ever buys it', () => {
    const parent = { ...item, parent: true } as const;
    expect(verdictFor(parent, shown(), aged(1))).toMatchObject({ outcome: 'live', issues: [] });
    expect(verdictFor(parent, shown({}, {}), aged(60))).toBeNull();
    expect(verdictFor(parent, shown(issue('ERROR')), aged(1))).toMatchObject({ outcome: 'rejected' });
  });
});

describe('what Amazon shows of a listing', () => {
  it('says until when Amazon does not enforce an issue', () => {
    const exempt = { status: 'EXEMPT_UNTIL_EXPIRY_DATE', expiryDate: '2026-12-24T00:00:00Z' };
    const issues = [{ code: '1', message: 'No.', severity: 'ERROR', enforcements: { exemption: exempt } }];
    expect(listingState({ sku: 'A', issues }, STORE)?.issues).toMatchObject([
      { severity: 'warning', message: 'No. Amazon does not enforce it until 2026-12-24.' },
    ]);
  });

  it('has an issue for every attribute Amazon names, with the advice of the first category that has one', () => {
    const pictures = ['main_product_image_locator', 'other_product_image_locator_1'];
    const told = {
      code: '8560',
      message: 'No.',
      severity: 'ERROR',
      categories: ['NEW_WORD', 'INVALID_IMAGE'],
    };
    const issues = [{ ...told, attributeNames: [...pictures, pictures[0] ?? ''] }];
    expect(listingState({ sku: 'A', issues }, STORE)?.issues).toMatchObject(
      pictures.map((attribute) => ({ attribute, code: '8560', advice: expect.stringContaining('picture') })),
    );
  });

  it('is read whatever Amazon puts where', () => {
    const member = fc.oneof(
      fc.jsonValue(),
      fc.array(fc.dictionary(fc.constantFrom(...NAMES), fc.jsonValue())),
    );
    const item = fc.dictionary(fc.constantFrom(...NAMES), member);
    fc.assert(
      fc.property(item, (told) => {
        const state = listingState({ ...(told as JsonObject), sku: 'A' }, STORE);
        if (!state) throw new Error('no state');
        expect(['live', 'rejected']).toContain(verdictOf(state));
        expect(verdictIssues(state).every(({ message }) => typeof message === 'string')).toBe(true);
      }),
    );
  });

  it.each<[string, readonly string[], JsonObject, string, readonly string[]]>([
    ['buyable', ['BUYABLE', 'DISCOVERABLE'], {}, 'live', []],
    ['buyable with a warning', ['BUYABLE'], issue('WARNING'), 'live', ['warning 18742']],
    ['an error, though still buyable', ['BUYABLE'], issue('ERROR'), 'rejected', ['error 18742']],
    [
      'an error Amazon does not enforce',
      ['BUYABLE'],
      issue('ERROR', { enforcements: { actions: [], exemption: { status: 'EXEMPT' } } }),
      'live',
      ['warning 18742'],
    ],
    [
      'an error Amazon does not enforce yet',
      ['BUYABLE', 'DISCOVERABLE'],
      issue('ERROR', {
        enforcements: {
          actions: [{ action: 'LISTING_SUPPRESSED' }],
          exemption: { status: 'EXEMPT_UNTIL_EXPIRY_DATE', expiryDate: '2026-12-24T00:00:00Z' },
        },
      }),
      'live',
      ['warning 18742'],
    ],
    [
      'a warning because of which Amazon suppressed the listing',
      ['DISCOVERABLE'],
      issue('WARNING', enforced('LISTING_SUPPRESSED')),
      'rejected',
      ['error 18742', 'error listing_suppressed'],
    ],
    [
      'an item Amazon removed',
      [],
      issue('ERROR', enforced('CATALOG_ITEM_REMOVED')),
      'rejected',
      ['error 18742', 'error catalog_item_removed'],
    ],
    [
      'left out of searches',
      ['BUYABLE'],
      issue('WARNING', enforced('SEARCH_SUPPRESSED', 'ATTRIBUTE_SUPPRESSED')),
      'live',
      ['warning 18742', 'warning search_suppressed', 'warning attribute_suppressed'],
    ],
    [
      'under a measure nobody knows',
      ['BUYABLE', 'DISCOVERABLE'],
      issue('INFO', enforced('TELEPORTED')),
      'live',
      ['info 18742', 'warning measure_enforced'],
    ],
    ['buyable and shown to nobody', ['BUYABLE'], {}, 'live', ['warning not_discoverable']],
    [
      'an error of another store',
      ['BUYABLE', 'DISCOVERABLE'],
      issue('ERROR', { marketplaceIds: ['A2EUQ1WTGCTBG2'] }),
      'live',
      [],
    ],
    ['a severity nobody knows', ['BUYABLE'], issue('FATAL'), 'live', ['warning 18742']],
    [
      'sold out',
      ['DISCOVERABLE'],
      { fulfillmentAvailability: [{ fulfillmentChannelCode: 'DEFAULT', quantity: 0 }] },
      'live',
      [],
    ],
    ['an item without an offer', ['DISCOVERABLE'], { fulfillmentAvailability: [] }, 'live', []],
    ['in stock and not buyable', ['DISCOVERABLE'], {}, 'rejected', ['error not_buyable']],
    ['nothing at all', [], { fulfillmentAvailability: [] }, 'rejected', ['error not_buyable']],
  ])('%s', (_what, status, more, verdict, issues) => {
    expect(judged(status, more)).toEqual([verdict, issues]);
  });

  it('counts a time without a fraction as its whole second', () => {
    const summary = { marketplaceId: STORE, status: [], lastUpdatedDate: '2026-11-24T10:00:00Z' };
    const state = listingState({ sku: 'A', summaries: [summary] }, STORE);
    expect(state?.updatedAtMs).toBe(Date.parse('2026-11-24T10:00:00.999Z'));
  });
});

describe('the order cursor', () => {
  const NOW = '2026-11-24T12:00:00.000Z';

  it('starts at the look-back without a cursor, and with one it cannot read', () => {
    for (const cursor of [null, 'x', '[]', '{}']) {
      expect(readCursor(cursor, NOW, 14)).toEqual({ after: '2026-11-10T12:00:00.000Z', sweptAt: NOW });
    }
  });

  it('forgets a page token that is about to die and reads the run again', () => {
    const place = { after: NOW, sweptAt: NOW, token: 't', tokenAt: NOW, mark: NOW };
    expect(readCursor(JSON.stringify(place), '2026-11-25T11:00:00.000Z', 14)).toEqual(place);
    expect(readCursor(JSON.stringify(place), '2026-11-25T11:45:00.000Z', 14)).toEqual({
      after: NOW,
      sweptAt: NOW,
    });
  });

  it('keeps the mark of the first page of a run', () => {
    const start = { after: '2026-11-10T12:00:00.000Z', sweptAt: NOW };
    const first = cursorAfter(start, { nextToken: 't', lastUpdatedBefore: '2026-11-24T11:58:00.000Z' }, NOW);
    const last = cursorAfter(first, { nextToken: null, lastUpdatedBefore: '2026-11-24T13:00:00.000Z' }, NOW);
    expect(last).toEqual({ after: '2026-11-24T11:48:00.000Z', sweptAt: NOW });
  });

  it('looks back a whole day once a day', () => {
    const start = { after: '2026-11-24T11:00:00.000Z', sweptAt: '2026-11-23T11:59:00.000Z' };
    const page = { nextToken: null, lastUpdatedBefore: '2026-11-24T11:58:00.000Z' };
    expect(cursorAfter(start, page, NOW)).toEqual({ after: '2026-11-23T11:58:00.000Z', sweptAt: NOW });
  });

  it('does not move on when an answer has no mark', () => {
    const start = { after: '2026-11-24T11:00:00.000Z', sweptAt: NOW };
    expect(cursorAfter(start, { nextToken: null, lastUpdatedBefore: null }, NOW)).toEqual(start);
  });
});

describe('an order from Amazon', () => {
  const BARE = {
    orderId: '1',
    createdTime: '2026-11-24T10:00:00Z',
    lastUpdatedTime: '2026-11-24T10:00:00Z',
    salesChannel: { channelName: 'AMAZON' },
    orderItems: [{ orderItemId: '2', quantityOrdered: 1, product: {} }],
  };

  it('is read with nothing but what the model requires', () => {
    expect(channelOrder(BARE)).toMatchObject({
      externalId: '1',
      status: 'pending',
      fulfilledBy: 'merchant',
      lines: [{ externalId: '2', sku: '', quantity: 1, quantityShipped: 0, quantityCancelled: 0 }],
    });
    expect(channelOrder(BARE)?.buyer).toBeUndefined();
  });

  it('with words nobody knows is pending, and crashes nothing', () => {
    const odd = {
      ...BARE,
      fulfillment: { fulfillmentStatus: 'TELEPORTED', fulfilledBy: 'ROBOTS' },
      programs: ['NEW'],
    };
    expect(channelOrder(odd)).toMatchObject({ status: 'pending', fulfilledBy: 'merchant' });
  });

  it('without an id, times or items is none', () => {
    for (const name of ['orderId', 'createdTime', 'lastUpdatedTime', 'orderItems']) {
      expect(channelOrder({ ...BARE, [name]: undefined })).toBeNull();
    }
  });

  it('takes over amounts without calculating, yen without cents', () => {
    const proceeds = {
      breakdowns: [
        { type: 'PROMOTION', subtotal: { amount: '-100', currencyCode: 'JPY' } },
        { type: 'TAX', subtotal: { amount: '598', currencyCode: 'JPY' } },
      ],
    };
    const order = channelOrder({ ...BARE, orderItems: [{ ...BARE.orderItems[0], proceeds }] });
    expect(order?.lines[0]).toMatchObject({
      discount: { minor: -100, currency: 'JPY' },
      tax: { minor: 598, currency: 'JPY' },
    });
    expect(order?.lines[0]?.channelCollectedTax).toBeUndefined();
  });
});

describe('carriers', () => {
  it.each([
    ['ups', { carrierCode: 'UPS' }],
    ['  Federal  Express ', { carrierCode: 'FedEx' }],
    ['DHL Paket', { carrierCode: 'DHL' }],
    ['Sendle', { carrierCode: 'Other', carrierName: 'Sendle' }],
    ['constructor', { carrierCode: 'Other', carrierName: 'constructor' }],
    ['', { carrierCode: 'Other', carrierName: 'Unknown' }],
  ])('"%s" as Amazon spells it', (name, expected) => {
    expect(amazonCarrier(name)).toEqual(expected);
  });

  it('follow the operator’s own table first', () => {
    expect(amazonCarrier('UPS', { ups: 'UPSMI' })).toEqual({ carrierCode: 'UPSMI' });
  });
});
