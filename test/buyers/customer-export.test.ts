import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, verifyAudit } from '../../src/access/audit-log.js';
import { knownConnectors } from '../../src/app.js';
import type { BuyerVault } from '../../src/buyers/buyer-vault.js';
import { recordConsents } from '../../src/buyers/consent.js';
import { consentsIn } from '../../src/buyers/consent-file.js';
import { consentedCustomers } from '../../src/buyers/consented-customers.js';
import { CUSTOMER_COLUMNS } from '../../src/buyers/customer-columns.js';
import { type CustomerTarget, handOutCustomers, pastExports } from '../../src/buyers/hand-out-customers.js';
import { eraseBuyer } from '../../src/buyers/privacy.js';
import { httpClient } from '../../src/channel/http.js';
import type { Buyer, ChannelOrder } from '../../src/domain/order.js';
import { storeOrders } from '../../src/orders/store-orders.js';
import { EARLY, order } from '../orders/order-bench.js';
import { handClock } from '../support/channel-bench.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';
import { testVault } from '../support/test-vault.js';

const ADA: Buyer = {
  name: 'Ada King Lovelace',
  email: 'Ada@example.com',
  address: { lines: ['1 Square', 'Flat 2'], city: 'London', country: 'GB' },
};
const OPS: Actor = { kind: 'user', id: 'u1', name: 'ops', address: '', requestId: '' };
const GRACE: Buyer = { name: 'Hopper', email: 'grace@example.com' };
const LATER = '2026-11-05T00:00:00.000Z';

onEachDatabase('customers for marketing tools', (open) => {
  let test: TestDatabase;
  let vault: BuyerVault;
  const clock = handClock();
  beforeEach(async () => {
    test = await open();
    vault = testVault();
  });
  afterEach(() => test.dispose());

  const store = (channel: string, ...orders: ChannelOrder[]): Promise<unknown> =>
    test.database.transaction((tx) => storeOrders(tx, orders, { channel, buyers: vault, now: EARLY }));
  const bought = (id: string, buyer: Buyer, more: Partial<ChannelOrder> = {}): ChannelOrder =>
    order(id, { buyer, ...more });
  const consent = (email: string, action: 'given' | 'withdrawn' = 'given', at = EARLY): Promise<number> =>
    recordConsents(test.database, [{ email, action, at, source: 'form' }], {
      marker: vault.marker,
      by: 'ops',
      now: EARLY,
    });
  const source = () => ({ database: test.database, vault, allowed: ['open-market'] });
  const found = async () => {
    const { customers, counts } = await consentedCustomers(source());
    return { emails: customers.map(({ email }) => email), counts };
  };

  it('are those whose latest word is a consent, once a person, and never of a channel that forbids it', async () => {
    await store(
      'open-market',
      bought('A', ADA),
      bought('B', { ...ADA, name: 'Ada L' }, { placedAt: LATER }),
      bought('C', GRACE),
      bought('D', {}),
    );
    await store('amazon-us', bought('A', ADA), bought('Z', GRACE));
    await consent('ada@EXAMPLE.com');
    expect(await found()).toEqual({
      emails: ['Ada@example.com'],
      counts: { seen: 6, handedOut: 2, forbidden: 2, noConsent: 1, withdrawn: 0, unknown: 1 },
    });
    const { customers } = await consentedCustomers(source());
    expect(customers).toMatchObject([
      {
        orders: 2,
        firstOrderAt: EARLY,
        lastOrderAt: LATER,
        buyer: { name: 'Ada L' },
        consent: { source: 'form', at: EARLY },
      },
    ]);
  });

  it('are left out after they withdrew, whatever order the words were recorded in, until they agree anew', async () => {
    await store('open-market', bought('A', ADA));
    await consent('ada@example.com', 'withdrawn', LATER);
    expect(await consent('ada@example.com')).toBe(1);
    expect(await consent('ada@example.com')).toBe(0);
    expect(await found()).toMatchObject({ emails: [], counts: { withdrawn: 1 } });
    await consent('ada@example.com', 'given', '2026-11-06T00:00:00.000Z');
    expect(await found()).toMatchObject({ emails: ['Ada@example.com'] });
  });

  it('leave no consent behind when they are erased, and addresses stand nowhere in what is kept of it', async () => {
    await store('open-market', bought('A', ADA));
    await consent('ada@example.com');
    expect(JSON.stringify(await test.database.all('SELECT * FROM buyer_consent'))).not.toContain('example');
    const place = { by: 'order', channel: 'open-market', order: 'A' } as const;
    await eraseBuyer(test.database, place, { vault, actor: 'ops', at: EARLY });
    expect(await test.database.all('SELECT mark FROM buyer_consent')).toEqual([]);
  });

  it('are posted under a signature their receiver can check, and each export is written down without anybody in it', async () => {
    await store('open-market', bought('A', ADA));
    await consent('ada@example.com');
    const secret = 'a secret of the tool, long enough';
    const got: { body: string; signed: boolean }[] = [];
    let status = 200;
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => (body += part));
      request.on('end', () => {
        const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = request.headers;
        const right = createHmac('sha256', secret).update(`${id}.${at}.${body}`).digest('base64');
        got.push({ body, signed: signature === `v1,${right}` });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()));
    const { port } = server.address() as AddressInfo;
    const http = httpClient(new AbortController().signal);
    const target: CustomerTarget = { way: 'webhook', url: `http://127.0.0.1:${port}/crm`, secret, http };
    const job = { source: source(), columns: 'hubspot', target, actor: OPS, clock } as const;
    const { id } = await handOutCustomers(job);
    expect(got).toHaveLength(1);
    expect(got[0]?.signed).toBe(true);
    expect(JSON.parse(got[0]?.body ?? '')).toMatchObject({
      export: id,
      page: 1,
      pages: 1,
      customers: [
        {
          Email: 'Ada@example.com',
          'First Name': 'Ada',
          'Last Name': 'King Lovelace',
          'Street Address': '1 Square, Flat 2',
        },
      ],
    });
    status = 500;
    await expect(handOutCustomers(job)).rejects.toMatchObject({ code: 'customers_not_taken' });
    server.close();
    const past = await pastExports(test.database, 10);
    expect(
      past.map(({ by, way, target: to, state, customers }) => ({ by, way, to, state, customers })),
    ).toEqual(
      expect.arrayContaining([
        { by: 'ops', way: 'webhook', to: `127.0.0.1:${port}`, state: 'done', customers: 1 },
        { by: 'ops', way: 'webhook', to: `127.0.0.1:${port}`, state: 'failed', customers: 1 },
      ]),
    );
    const entries = await test.database.all<{ outcome: string; object: string }>(
      'SELECT actor_name, action, object, outcome FROM audit_entry ORDER BY number',
    );
    expect(entries.map(({ outcome }) => outcome)).toEqual(['begun', 'done', 'begun', 'failed']);
    expect(entries[0]).toEqual({
      actor_name: 'ops',
      action: 'buyers export --consented',
      object: `export ${id}`,
      outcome: 'begun',
    });
    expect(await verifyAudit(test.database)).toMatchObject({ entries: 4, brokenAt: null });
    for (const table of ['customer_export', 'audit_entry'])
      expect(JSON.stringify(await test.database.all(`SELECT * FROM ${table}`))).not.toContain('example.com');
  });
});

describe('a consent file', () => {
  it('names rows without a time, a source or an address, and no address in what it says', () => {
    const text = [
      'email,at,source,action',
      'a@b.example,2026-11-01T00:00:00Z,form,',
      'c@d.example,yesterday,form,given',
      'e@f.example,2026-11-01T00:00:00Z,,given',
      'nobody,2026-11-01T00:00:00Z,form,given',
      'g@h.example,2026-11-02T00:00:00+01:00,shop,withdrawn',
      'i@j.example,2027-11-02T00:00:00Z,shop,',
    ].join('\n');
    const { consents, mistakes } = consentsIn(text, LATER);
    expect(consents).toEqual([
      { email: 'a@b.example', action: 'given', at: '2026-11-01T00:00:00.000Z', source: 'form' },
      { email: 'g@h.example', action: 'withdrawn', at: '2026-11-01T23:00:00.000Z', source: 'shop' },
    ]);
    expect(mistakes.map(({ row }) => row)).toEqual([3, 4, 5, 7]);
    expect(JSON.stringify(mistakes)).not.toContain('example');
  });
});

it('a customer with one word for a name has it as the last name, in every set of columns', () => {
  const customer = {
    email: 'g@example.com',
    buyer: GRACE,
    orders: 1,
    firstOrderAt: EARLY,
    lastOrderAt: EARLY,
    channels: [],
    consent: { action: 'given', at: EARLY, source: 'form' },
  } as const;
  for (const set of ['hubspot', 'marketo'] as const) {
    const cells = new Map(CUSTOMER_COLUMNS[set].map(({ name, value }) => [name, value(customer)]));
    expect([cells.get('First Name'), cells.get('Last Name')]).toEqual(['', 'Hopper']);
  }
});

it('Amazon’s buyers are never for marketing', () => {
  expect(knownConnectors().get('amazon').buyerRules?.marketing).toBe('never');
});
