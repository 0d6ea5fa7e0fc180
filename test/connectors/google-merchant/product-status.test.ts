import { describe, expect, it } from 'vitest';
import { productStatus, rejectionReasons } from '../../../connectors/google-merchant/product-status.js';
import type { JsonObject } from '../../../src/domain/json.js';

function product(contexts: readonly JsonObject[], issues: readonly JsonObject[] = []): JsonObject {
  return { productStatus: { destinationStatuses: contexts, itemLevelIssues: issues } };
}

const ads = (lists: JsonObject): JsonObject => ({ reportingContext: 'SHOPPING_ADS', ...lists });
const free = (lists: JsonObject): JsonObject => ({ reportingContext: 'FREE_LISTINGS', ...lists });
const broken = (reportingContext: string, applicableCountries: string[] = ['US']): JsonObject => ({
  code: 'image_link_broken',
  severity: 'DISAPPROVED',
  attribute: 'image link',
  reportingContext,
  description: 'Invalid image [image link]',
  detail: 'Update the image',
  documentation: 'https://support.google.com/merchants/answer/6098289',
  applicableCountries,
});

describe('the status of a product at Google', () => {
  it.each<[string, readonly JsonObject[], string]>([
    [
      'approved in one place',
      [ads({ approvedCountries: ['US'] }), free({ disapprovedCountries: ['US'] })],
      'live',
    ],
    ['under review', [ads({ pendingCountries: ['US'] }), free({ disapprovedCountries: ['US'] })], 'pending'],
    ['disapproved everywhere', [ads({ disapprovedCountries: ['US'] })], 'rejected'],
    [
      'approved in another country only',
      [ads({ approvedCountries: ['CA'], disapprovedCountries: ['US'] })],
      'rejected',
    ],
    ['approved where the country is not named at all', [ads({ approvedCountries: ['CA'] })], 'live'],
    ['not judged yet', [], 'unknown'],
    [
      'judged in a context we do not know',
      [{ reportingContext: 'HOLOGRAMS', approvedCountries: ['US'] }],
      'live',
    ],
  ])('is read as %s', (_what, contexts, state) => {
    expect(productStatus(product(contexts), 'US').state).toBe(state);
  });

  it('makes one issue of one complaint in several places', () => {
    const contexts = [ads({ disapprovedCountries: ['US'] }), free({ disapprovedCountries: ['US'] })];
    const issues = [broken('SHOPPING_ADS'), broken('FREE_LISTINGS'), broken('SHOPPING_ADS', ['FR'])];
    expect(productStatus(product(contexts, issues), 'US').issues).toEqual([
      {
        severity: 'error',
        code: 'image_link_broken',
        attribute: 'image_link',
        origin: 'channel',
        message: 'Invalid image [image link] (SHOPPING_ADS, FREE_LISTINGS; US)',
        advice: 'Update the image',
        link: 'https://support.google.com/merchants/answer/6098289',
      },
    ]);
  });

  it('does not call a listing stopped that is shown somewhere', () => {
    const contexts = [ads({ approvedCountries: ['US'] }), free({ disapprovedCountries: ['US'] })];
    const { issues } = productStatus(product(contexts, [broken('FREE_LISTINGS')]), 'US');
    expect(issues.map((issue) => issue.severity)).toEqual(['warning']);
  });

  it('gives a rejection a reason even where Google names none', () => {
    expect(rejectionReasons([])).toMatchObject([{ severity: 'error', code: 'disapproved' }]);
  });

  it('reads nothing into something that is no status', () => {
    for (const odd of [
      {},
      { productStatus: 'x' },
      { productStatus: { destinationStatuses: 'x', itemLevelIssues: [5] } },
    ]) {
      expect(productStatus(odd, 'US')).toEqual({ state: 'unknown', issues: [] });
    }
  });
});
