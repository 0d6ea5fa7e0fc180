import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHANGE_RULES, changeAudit } from '../../../connectors/meta/audit/since-last-file.js';
import { keepMarks, readMarks } from '../../../connectors/meta/feed/listing-marks.js';
import { meta } from '../../../connectors/meta/index.js';
import { type RunningGraph, startGraph } from '../../../connectors/meta/simulator/index.js';
import type { CatalogFinding } from '../../../src/channel/catalog-audit.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { LISTING, testHost } from './support.js';

describe('a daily file beside the one before', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'meta-marks-'));
    file = path.join(folder, 'items.csv.gz');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  type Listings = Readonly<Record<string, JsonObject>>;
  /** One round: compared with the marks on the disk, which it replaces. */
  async function next(listings: Listings, most?: number): Promise<readonly CatalogFinding[]> {
    const changes = changeAudit(await readMarks(file), most);
    for (const [sku, attributes] of Object.entries(listings)) changes.add(sku, attributes);
    await keepMarks(file, changes.marks());
    return changes.findings();
  }
  const codes = (found: readonly CatalogFinding[]) => found.map(({ rule, count }) => `${rule.code} ${count}`);
  const labelled = (count: number, changed: number): Listings =>
    Object.fromEntries(
      Array.from({ length: count }, (_, n) => [`S${n}`, { custom_label_3: n < changed ? 'new' : 'old' }]),
    );

  it('tells products that came back under another id, by GTIN or by brand and MPN', async () => {
    expect(await next({ A: { gtin: '1' }, B: { brand: 'X', mpn: '2' }, C: { gtin: '3' } })).toEqual([]);
    expect(await next({ A2: { gtin: '1' }, B2: { brand: 'X', mpn: '2' }, C: { gtin: '3' } })).toEqual([
      { rule: CHANGE_RULES.id, count: 2, examples: ['A → A2', 'B → B2'] },
    ]);
    expect(await next({ A2: { gtin: '1' }, B2: { brand: 'X', mpn: '2' } })).toEqual([]);
  });

  it.each<[string, Listings, Listings]>([
    ['has a number of its own', { A: { gtin: '1' } }, { B: { gtin: '2' } }],
    ['has no number', { A: {} }, { B: {} }],
    ['has the MPN of another brand', { A: { brand: 'X', mpn: '1' } }, { B: { brand: 'Y', mpn: '1' } }],
    [
      'shares the number of one that is still there',
      { A: { gtin: '1' } },
      { A: { gtin: '1' }, B: { gtin: '1' } },
    ],
    ['took the number of one that went', { A: { gtin: '1' }, B: { gtin: '2' } }, { B: { gtin: '1' } }],
    ['has a number that several had', { A: { gtin: '1' }, B: { gtin: '1' } }, { C: { gtin: '1' } }],
  ])('takes an item for another one when it %s', async (_, before, after) => {
    await next(before);
    expect(await next(after)).toEqual([]);
  });

  it('tells labels that change on more than 20 items and 5 % of them', async () => {
    await next(labelled(420, 0));
    expect(codes(await next(labelled(420, 22)))).toEqual(['CUSTOM_LABELS_CHANGED 22']);
    expect(codes(await next(labelled(420, 22)))).toEqual([]);
    expect(codes(await next(labelled(420, 1)))).toEqual([]);
    await next(labelled(100, 0));
    expect(codes(await next(labelled(100, 20)))).toEqual([]);
  });

  it('says nothing without a file before, or when there was more than it takes', async () => {
    expect(await next(labelled(30, 30))).toEqual([]);
    expect(await next(labelled(30, 0), 29)).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
    expect(await next(labelled(30, 0))).toEqual([]);
  });

  it('takes marks it cannot read for none', async () => {
    for (const text of ['["A",null', '["A"]', '7']) {
      await writeFile(`${file}.marks`, text);
      expect(await readMarks(file)).toBeNull();
    }
  });

  it('does not stop a file because the marks cannot be read or kept', async () => {
    await mkdir(`${file}.marks`);
    const graph = await startGraph({ port: 0, processingMs: 0 }, () => Date.now());
    try {
      const channel = meta.open({ ...graph.settings, feed: { path: file } } as never, testHost());
      const writer = await channel.feed?.begin('k1');
      await writer?.write([{ sku: 'A', attributes: LISTING }]);
      expect(await writer?.commit()).toMatchObject({ items: 1 });
    } finally {
      await graph.stop();
    }
  });

  it('is told when the file is handed over', async () => {
    const graph: RunningGraph = await startGraph({ port: 0, processingMs: 0 }, () => Date.now());
    try {
      const channel = meta.open({ ...graph.settings, feed: { path: file } } as never, testHost());
      const deliver = async (sku: string) => {
        const writer = await channel.feed?.begin('k1');
        await writer?.write([{ sku, attributes: { ...LISTING, gtin: '4006381333931' } }]);
        return (await writer?.commit())?.issues?.map(({ code, severity }) => `${severity} ${code}`);
      };
      expect(await deliver('OLD')).toEqual([]);
      expect(await deliver('NEW')).toEqual(['warning ID_CHANGED']);
    } finally {
      await graph.stop();
    }
  });
});
