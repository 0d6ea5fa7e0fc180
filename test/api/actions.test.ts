import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settleRestored } from '../../src/backup/after-restore.js';
import { readChannelState, takeRelease, writeChannelState } from '../../src/sync/channel-state.js';
import { line, order, takeUnplaced } from '../orders/order-bench.js';
import { type ServedHouse, serveHouse } from '../support/served-house.js';

const YAML = `channels:
  market:
    connector: memory
    country: US
    language: en
    currency: USD
    zone: UTC
    settings: { endpoint: "http://127.0.0.1:9", token: secret-of-the-channel }
`;

describe('what people do about orders', () => {
  let house: ServedHouse;
  beforeEach(async () => {
    house = await serveHouse(YAML);
    const lines = [line('1', { quantity: 3 }), line('2', { sku: 'HAT', quantity: 1 })];
    await takeUnplaced(house.app.database, [order('A/1', { lines })]);
  });
  afterEach(() => house.close());
  const at = (what: string): string => `/orders/market/A%2F1/${what}`;

  it('records a parcel once however often it is entered, and never more than is open', async () => {
    const packer = await house.visitor('operator');
    const parcel = { carrier: 'DHL', trackingNumber: '00340', lines: [{ sku: 'SHIRT-S', quantity: 2 }] };
    expect((await packer.call('POST', at('shipments'), parcel)).body).toEqual({ outcome: 'recorded' });
    expect((await packer.call('POST', at('shipments'), { ...parcel, lines: undefined })).body).toEqual({
      outcome: 'known',
    });
    const rest = await packer.call('POST', at('shipments'), { carrier: 'DHL', trackingNumber: '00341' });
    expect(rest.body).toEqual({ outcome: 'recorded' });
    const again = await packer.call('POST', at('shipments'), { carrier: 'DHL', trackingNumber: '00342' });
    expect([again.status, again.body.code]).toEqual([422, 'nothing_to_ship']);
    const parcels = await house.app.database.all<{ lines: string }>(
      'SELECT lines FROM shipment ORDER BY reference',
    );
    expect(parcels.map(({ lines }) => JSON.parse(lines))).toEqual([
      [{ lineId: '1', quantity: 2 }],
      [
        { lineId: '1', quantity: 1 },
        { lineId: '2', quantity: 1 },
      ],
    ]);
    expect((await packer.call('POST', '/orders/nowhere/A/shipments', parcel)).status).toBe(404);
  });

  it('cancels only what has not left and was not cancelled before', async () => {
    const packer = await house.visitor('operator');
    const cancel = (quantity: number) =>
      packer.call('POST', at('cancel'), { reason: 'no-stock', lines: [{ lineId: '1', quantity }] });
    await packer.call('POST', at('shipments'), {
      carrier: 'DHL',
      trackingNumber: '1',
      lines: [{ sku: 'SHIRT-S', quantity: 1 }],
    });
    expect((await cancel(3)).body.code).toBe('nothing_to_cancel');
    expect((await cancel(1)).status).toBe(204);
    expect((await cancel(1)).status).toBe(204);
    expect((await cancel(1)).body.code).toBe('nothing_to_cancel');
    const told = await house.app.database.all<{ reference: string }>(
      'SELECT reference FROM order_message ORDER BY reference',
    );
    expect(told.map(({ reference }) => reference)).toEqual(['cancel-by-hand:1=1', 'cancel-by-hand:1=2']);
  });

  it('shows a buyer to whoever has the right and a second factor, and writes down who looked, not what was seen', async () => {
    const { database } = house.app;
    const vault = await house.app.buyers();
    const buyer = {
      name: 'Ada Byron',
      email: 'ada@buyer.example',
      address: { lines: ['1 Street'], city: 'London' },
    };
    await database.transaction((tx) => vault.keep(tx, [{ channel: 'market', externalId: 'A/1', buyer }]));
    const without = await (await house.visitor('operator')).call('POST', at('reveal'));
    expect([without.status, without.body.code]).toEqual([403, 'second_factor_needed']);
    expect((await (await house.visitor('approver', true)).call('POST', at('reveal'))).status).toBe(403);
    const shown = await (await house.visitor('operator', true)).call('POST', at('reveal'));
    expect(shown.body).toMatchObject({
      name: 'Ada Byron',
      phone: null,
      address: { lines: ['1 Street'], region: null },
    });
    const entries = await database.all<{ object: string }>('SELECT * FROM audit_entry');
    expect(entries.map(({ object }) => object)).toEqual(['buyer of order market A/1']);
    expect(JSON.stringify(entries)).not.toContain('Ada');
  });
});

describe('what people do about the house', () => {
  let house: ServedHouse;
  beforeEach(async () => {
    house = await serveHouse(YAML);
  });
  afterEach(() => house.close());

  it('lets a plan through once, by whoever may approve', async () => {
    const body = { checksum: 'abcdef0123456789' };
    expect((await (await house.visitor('operator')).call('POST', '/plans/market/approve', body)).status).toBe(
      403,
    );
    expect((await (await house.visitor('approver')).call('POST', '/plans/market/approve', body)).status).toBe(
      204,
    );
    expect(await takeRelease(house.app.database, 'market')).toBe(body.checksum);
    expect(await takeRelease(house.app.database, 'market')).toBeUndefined();
  });

  it('pauses a channel, and resumes it only when its check finds nothing wrong', async () => {
    const operator = await house.visitor('operator');
    expect((await operator.call('POST', '/channels/market/pause')).status).toBe(204);
    const state = await house.app.database.get<{ paused_code: string }>(
      'SELECT paused_code FROM channel_state',
    );
    expect(state?.paused_code).toBe('paused_by_person');
    const resumed = await operator.call('POST', '/channels/market/resume'); // nothing listens at its address
    expect([resumed.status, resumed.body.code]).toEqual([409, 'stays_paused']);
    expect(JSON.stringify(resumed.body)).not.toContain('secret-of-the-channel');
  });

  it('resumes a channel after a restore only when it was read back, whoever asks', async () => {
    const { database } = house.app;
    await settleRestored(database, [{ id: 'market', readsBack: true }], house.clock.now());
    const operator = await house.visitor('operator');
    const unread = await operator.call('POST', '/channels/market/resume');
    expect(unread.body.code).toBe('not_read_back');
    expect((await readChannelState(database, 'market')).paused_code).toBe('restored');
    await writeChannelState(database, 'market', { observed_at: house.clock.now() });
    const silent = await operator.call('POST', '/channels/market/resume'); // nothing listens at its address
    expect(silent.body.code).toBe('stays_paused');
  });

  it('wakes a scheduled job now, and knows no other', async () => {
    const operator = await house.visitor('operator');
    expect((await operator.call('POST', '/schedules/check-market/run')).status).toBe(204);
    expect((await operator.call('POST', '/schedules/nothing/run')).status).toBe(404);
    expect((await house.app.queue.depth()).waiting).toBe(1);
  });

  it('keeps what was fixed by hand for products that are there', async () => {
    const editor = await house.visitor('editor');
    const missing = await editor.call('PUT', '/overrides/variant/NO-SUCH', { exclude: 'sold elsewhere' });
    expect([missing.status, missing.body.code]).toEqual([404, 'sku_unknown']);
    expect((await editor.call('GET', '/overrides')).body).toEqual({ items: [] });
    expect((await editor.call('DELETE', '/overrides/variant/NO-SUCH')).status).toBe(404);
  });
});
