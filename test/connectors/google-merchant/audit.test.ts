import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { BRANCHES, ENERGY_LABELLED } from '../../../connectors/google-merchant/audit/categories.js';
import { ruleReference } from '../../../connectors/google-merchant/audit/rule-reference.js';
import { AUDIT_RULES } from '../../../connectors/google-merchant/audit/rules.js';
import { auditListing } from '../../../connectors/google-merchant/audit.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { type AuditCase, CASES } from './audit-cases.js';
import { LISTING, testHost } from './support.js';

const TAXONOMY = path.resolve(
  import.meta.dirname,
  '../../../../shared/data/taxonomies/google/taxonomy-with-ids.en-US.2019-07-10.txt',
);
const README = path.resolve(import.meta.dirname, '../../../connectors/google-merchant/README.md');

function judged({ listing, country = 'US', language = 'en', settings }: AuditCase) {
  const whole = JSON.parse(JSON.stringify({ ...LISTING, ...listing })) as JsonObject;
  const channel = { ...testHost().channel, country, language };
  return auditListing(whole, {
    channel,
    now: '2026-11-24T00:00:00.000Z',
    ...(settings === undefined ? {} : { settings }),
  });
}

const codesOf = (one: AuditCase): readonly string[] => judged(one).map((issue) => issue.code);

describe('the audit of Google listings', () => {
  it('has nothing to say about a good listing', () => {
    expect(codesOf({ listing: {} })).toEqual([]);
    expect(codesOf({ listing: { gtin: '4006381333931', mpn: undefined } })).toEqual([]);
    expect(codesOf({ listing: { brand: undefined, mpn: undefined, identifier_exists: 'no' } })).toEqual([]);
  });

  it.each(CASES)('%s: complains about the one and lets the other pass', (code, bad, good) => {
    expect(codesOf(bad)).toContain(code);
    expect(codesOf(good)).not.toContain(code);
  });

  it('tests every rule', () => {
    const tested = new Set(CASES.map(([code]) => code));
    expect(AUDIT_RULES.map((rule) => rule.code).filter((code) => !tested.has(code))).toEqual([]);
    expect([...tested].filter((code) => !AUDIT_RULES.some((rule) => rule.code === code))).toEqual([]);
  });

  it('knows each code once', () => {
    const codes = AUDIT_RULES.map((rule) => rule.code);
    expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
  });

  it('gives every complaint severity, message, advice and the page of Google', () => {
    const [issue] = judged({ listing: { price: '0.00 USD' } });
    expect(issue).toEqual({
      severity: 'error',
      code: 'price_not_above_zero',
      attribute: 'price',
      origin: 'ours',
      message: 'The price is 0.00 USD.',
      advice: 'Give the variant a price above zero.',
      link: 'https://support.google.com/merchants/answer/6324371',
    });
  });

  it('stops a listing only by what was read in a document of Google, and every rule is dated', () => {
    const stopping = AUDIT_RULES.filter(({ severity }) => severity === 'error');
    expect(stopping.filter(({ evidence }) => evidence !== 'official' && evidence !== 'help-page')).toEqual(
      [],
    );
    expect(AUDIT_RULES.filter(({ verified }) => !/^2026-\d\d-\d\d$/.test(verified))).toEqual([]);
  });

  it('passes on what Google could not store', () => {
    expect(codesOf({ listing: { shipping_length: '500 cm' } })).toContain('value_does_not_fit');
  });

  it('stands in the README', () => {
    expect(readFileSync(README, 'utf8')).toContain(ruleReference());
  });
});

const present = existsSync(TAXONOMY);
if (!present) process.stdout.write(`skipped: categories against the taxonomy, no ${TAXONOMY}\n`);

describe.skipIf(!present)('the categories rules speak of', () => {
  const paths = new Map(
    (present ? readFileSync(TAXONOMY, 'utf8') : '')
      .split('\n')
      .filter((line) => /^\d/.test(line))
      .map((line) => line.split(' - ', 2) as [string, string]),
  );

  it.each(Object.entries(BRANCHES))('%s has exactly the numbers of the taxonomy', (_name, branch) => {
    const below = [...paths].filter(([, at]) => at === branch.path || at.startsWith(`${branch.path} > `));
    expect([...branch.ids].sort()).toEqual(below.map(([id]) => id).sort());
  });

  it('carry an energy label under their own path', () => {
    expect(ENERGY_LABELLED.map(({ id }) => paths.get(id))).toEqual(ENERGY_LABELLED.map((one) => one.path));
  });
});
