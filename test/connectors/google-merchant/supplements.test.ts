import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { googleMerchant } from '../../../connectors/google-merchant/index.js';
import { type GoogleSettings, SETTINGS_SCHEMA } from '../../../connectors/google-merchant/settings.js';
import { googleSimulator } from '../../../connectors/google-merchant/simulator/index.js';
import { linkedRule } from '../../../connectors/google-merchant/supplement/supplement-rules.js';
import type { ListingChange, OpenChannel, Submission } from '../../../src/channel/connector.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import type { JsonObject } from '../../../src/domain/json.js';
import {
  adminCall,
  change,
  command,
  failure,
  LISTING,
  pendingOf,
  removal,
  settingsOf,
  testHost,
} from './support.js';

const SOURCES = '/datasources/v1/accounts/5551234567/dataSources';
const LABELLED = { ...LISTING, custom_label_0: 'margin-high', ships_from_country: 'PT' };
const SUPPLEMENTAL = { name: 'campaigns', attributes: ['custom_label_0', 'ships_from_country'] };

describe('supplemental data sources of Google', () => {
  let simulator: RunningSimulator;

  beforeEach(async () => {
    simulator = await googleSimulator.start({ port: 0, processingMs: 0 });
  });
  afterEach(() => simulator.stop());

  const open = (more: Partial<GoogleSettings> = {}): OpenChannel =>
    googleMerchant.open(settingsOf(simulator, { supplemental: SUPPLEMENTAL, ...more }), testHost());
  async function submit(channel: OpenChannel, ...changes: readonly ListingChange[]): Promise<Submission> {
    const sent = await channel.listings?.submit(changes, 'k');
    if (sent === undefined) throw new Error('no listing port');
    return sent;
  }
  async function sources(): Promise<readonly JsonObject[]> {
    return (await adminCall(simulator, 'GET', `${SOURCES}?pageSize=1000`)).dataSources as JsonObject[];
  }
  const supplementsIn = (list: readonly JsonObject[]): readonly JsonObject[] =>
    list.filter((source) => source.supplementalProductDataSource !== undefined);
  const ruleIn = (list: readonly JsonObject[]): unknown =>
    list
      .map((source) => source.primaryProductDataSource as JsonObject | undefined)
      .find((primary) => primary?.legacyLocal === false)?.defaultRule;

  it('sends the configured attributes through a linked source of their own, and Google shows the whole listing', async () => {
    const channel = open();
    const changes = [change('A', LABELLED), change('B')];
    const sent = await submit(channel, ...changes);
    expect(sent.receipts.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted']);
    const settled = await channel.listings?.settle?.(pendingOf(changes, sent));
    expect(settled?.verdicts).toMatchObject([
      { sku: 'A', outcome: 'live' },
      { sku: 'B', outcome: 'live' },
    ]);
    expect(simulator.held()).toEqual(
      new Map([
        ['A', LABELLED],
        ['B', LISTING],
      ]),
    );
    const list = await sources();
    const [made, ...others] = supplementsIn(list);
    expect(others).toEqual([]);
    expect(made).toMatchObject({ input: 'API' });
    expect(made?.displayName).toBe('Omnifeed en/US campaigns (managed, do not edit)');
    expect(ruleIn(list)).toEqual({
      takeFromDataSources: [{ supplementalDataSourceName: made?.name }, { self: true }],
    });

    // The proof that the label came through the supplement: without the link it is gone.
    const primary = list.find(
      (source) => String(source.displayName) === 'Omnifeed en/US (managed, do not edit)',
    );
    await unlink(String(primary?.name));
    await submit(channel, change('A', LABELLED, { version: 2 }));
    expect(simulator.held().get('A')).toEqual(LISTING);
  });

  it('finds its source again, and links it again when somebody took the link away', async () => {
    await submit(open(), change('A', LABELLED));
    const before = await sources();
    const primary = before.find((source) => source.displayName === 'Omnifeed en/US (managed, do not edit)');
    await unlink(String(primary?.name));
    await submit(open(), change('A', LABELLED, { version: 2 }));
    expect(await sources()).toEqual(before);
    expect(simulator.held().get('A')).toEqual(LABELLED);
  });

  it('takes an attribute off that a listing no longer has, and leaves price and stock to the primary source', async () => {
    const channel = open();
    await submit(channel, change('A', LABELLED));
    const offer = { ...LABELLED, price: '30.00 USD', custom_label_0: 'not now' };
    await submit(channel, change('A', offer, { action: 'offer', version: 2 }));
    expect(simulator.held().get('A')).toEqual({ ...LABELLED, price: '30.00 USD' });
    await submit(channel, change('A', LISTING, { version: 3 }));
    expect(simulator.held().get('A')).toEqual(LISTING);
  });

  it('removes the supplement with the product, so that nothing of it comes back', async () => {
    const channel = open();
    await submit(channel, change('A', LABELLED));
    const gone = await submit(channel, removal('A'), removal('never there'));
    expect(gone.receipts.map(({ outcome }) => outcome)).toEqual(['accepted', 'removed']);
    expect(simulator.held().size).toBe(0);
    // Somebody else's tool brings the product alone.
    const plain = googleMerchant.open(settingsOf(simulator), testHost());
    await submit(plain, change('A', LISTING, { version: 10 }));
    expect(simulator.held().get('A')).toEqual(LISTING);
  });

  it('sends nothing of a listing whose supplement Google did not answer for', async () => {
    const channel = open();
    await command(simulator, 'omit', { sku: 'A' });
    const sent = await submit(channel, change('A', LABELLED), change('B', LABELLED));
    expect(sent.receipts).toMatchObject([
      { sku: 'A', outcome: 'retry', code: 'no_answer_for_item' },
      { sku: 'B', outcome: 'accepted' },
    ]);
    expect([...simulator.held().keys()]).toEqual(['B']);
  });

  it('writes into a source of somebody else only when the operator names it and it fits', async () => {
    const create = (body: JsonObject): Promise<JsonObject> => adminCall(simulator, 'POST', SOURCES, body);
    const theirs = await create({ displayName: 'By hand', supplementalProductDataSource: {} });
    const file = await create({
      displayName: 'File',
      supplementalProductDataSource: { contentLanguage: 'en', feedLabel: 'US' },
      fileInput: { fileName: 'labels.txt' },
    });
    await submit(open(), change('A', LABELLED));
    expect(supplementsIn(await sources())).toHaveLength(3);
    const named = (source: JsonObject): NonNullable<GoogleSettings['supplemental']> => ({
      ...SUPPLEMENTAL,
      dataSource: String(source.dataSourceId),
    });
    await submit(open({ supplemental: named(theirs) }), change('B', LABELLED));
    expect(supplementsIn(await sources())).toHaveLength(3);
    expect(simulator.held().get('B')).toEqual(LABELLED);
    expect(await failure(submit(open({ supplemental: named(file) }), change('C', LABELLED)))).toMatchObject({
      code: 'data_source_not_writable',
      owner: 'operator',
    });
  });

  it('says at a check when the source cannot be used or is not linked, and changes nothing', async () => {
    const codes = async (channel: OpenChannel): Promise<readonly string[]> =>
      (await channel.check()).map(({ code }) => code).filter((code) => /supplement|data_source/.test(code));
    expect(await codes(open())).toEqual([]);
    await submit(open(), change('A', LABELLED));
    const list = await sources();
    expect(await codes(open())).toEqual([]);
    const primary = list.find((source) => source.displayName === 'Omnifeed en/US (managed, do not edit)');
    await unlink(String(primary?.name));
    const unlinked = await sources();
    expect(await codes(open())).toEqual(['supplement_not_linked']);
    expect(await sources()).toEqual(unlinked);
    const dataSource = String(primary?.dataSourceId);
    expect(await codes(open({ supplemental: { ...SUPPLEMENTAL, dataSource } }))).toEqual([
      'data_source_not_writable',
    ]);
  });

  it('keeps what a person put into the rule, and its rank', () => {
    const primary = (...takeFromDataSources: readonly JsonObject[]): JsonObject => ({
      primaryProductDataSource: { defaultRule: { takeFromDataSources } },
    });
    const other = { supplementalDataSourceName: 'other' };
    const ours = { supplementalDataSourceName: 'ours' };
    expect(linkedRule({ primaryProductDataSource: {} }, 'ours')).toEqual([ours, { self: true }]);
    expect(linkedRule(primary(other, { self: true }), 'ours')).toEqual([other, ours, { self: true }]);
    expect(linkedRule(primary(other), 'ours')).toEqual([other, ours]);
    expect(linkedRule(primary(ours, other, { self: true }), 'ours')).toBeNull();
  });

  it('refuses to send price, stock or what makes the product through a supplement, and supplements beside files', () => {
    const fits = new Ajv({ strict: false, formats: { uri: true, 'file-path': true } }).compile(
      SETTINGS_SCHEMA,
    );
    const settings = (attributes: readonly string[], more: JsonObject = {}): JsonObject => ({
      account: '1',
      serviceAccountKey: '{}',
      supplemental: { name: 'campaigns', attributes: [...attributes] },
      ...more,
    });
    expect(fits(settings(['custom_label_0', 'promotion_id']))).toBe(true);
    for (const name of ['price', 'availability', 'title', 'image_link', 'no_such'])
      expect(fits(settings([name])), name).toBe(false);
    const files = { delivery: 'file', feedPath: '/tmp/f.xml', feedUrl: 'https://feeds.example.com/f.xml' };
    expect(fits(settings(['custom_label_0'], files))).toBe(false);
  });

  it('has a simulator that refuses version numbers of supplements, bound API sources and deleting a linked source', async () => {
    await submit(open(), change('A', LABELLED));
    const [made] = supplementsIn(await sources());
    const deleted = await adminCall(simulator, 'DELETE', `/datasources/v1/${String(made?.name)}`);
    expect(deleted).toMatchObject({ error: { code: 400 } });
    const bound = { contentLanguage: 'en', feedLabel: 'US' };
    const body = { displayName: 'Bound', supplementalProductDataSource: bound };
    expect(await adminCall(simulator, 'POST', SOURCES, body)).toMatchObject({ error: { code: 400 } });
    const insert = `/products/v1/accounts/5551234567/productInputs:insert?dataSource=${String(made?.name)}`;
    const input = { offerId: 'A', ...bound, versionNumber: '1', productAttributes: {} };
    expect(await adminCall(simulator, 'POST', insert, input)).toMatchObject({ error: { code: 400 } });
  });

  async function unlink(primary: string): Promise<void> {
    const mask = 'primaryProductDataSource.defaultRule';
    const body = { primaryProductDataSource: { defaultRule: { takeFromDataSources: [{ self: true }] } } };
    await adminCall(simulator, 'PATCH', `/datasources/v1/${primary}?updateMask=${mask}`, body);
  }
});
