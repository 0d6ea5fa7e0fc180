import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { feedFileConnector } from '../../../connectors/feed-file/index.js';
import { listingSchemaOf } from '../../../connectors/feed-file/listing-schema.js';
import { compileListingSchema } from '../../../src/mapping/validate.js';
import { freshFolder, LAMP, openFeed, testHost, writeFeed } from './support.js';

describe('switching a feed file', () => {
  let folder: string;
  let remove: () => void;
  let file: string;
  beforeEach(() => {
    ({ folder, remove } = freshFolder());
    file = path.join(folder, 'feed.jsonl');
  });
  afterEach(() => remove());
  const settings = () => ({ path: file, format: 'jsonl' as const });
  const live = (): string => readFileSync(file, 'utf8');

  it('shows nothing until the commit, then all of it, and says what it wrote', async () => {
    const writer = await openFeed(settings()).begin('k');
    await writer.write([{ sku: 'A', attributes: LAMP }]);
    expect(existsSync(file)).toBe(false);
    expect(await writer.commit()).toEqual({ items: 1, bytes: statSync(file).size, location: file });
    expect(readdirSync(folder)).toEqual(['feed.jsonl']);
  });

  it('keeps the version before beside it, and only that one', async () => {
    for (const sku of ['first', 'second', 'third']) await writeFeed(settings(), { [sku]: {} }, sku);
    expect(live()).toContain('third');
    expect(readFileSync(`${file}.previous`, 'utf8')).toContain('second');
    expect(readdirSync(folder).sort()).toEqual(['feed.jsonl', 'feed.jsonl.previous']);
  });

  it('leaves the live file alone when a run is given up, whatever the key looks like', async () => {
    await writeFeed(settings(), { A: {} });
    const writer = await openFeed(settings()).begin('../../k:2');
    await writer.write([{ sku: 'B', attributes: {} }]);
    await writer.abort();
    expect(live()).toContain('"A"');
    expect(readdirSync(folder)).toEqual(['feed.jsonl']);
  });

  it('starts over under the same key after a run that died, and clears drafts of yesterday', async () => {
    writeFileSync(`${file}.tmp-k`, 'half a file of a dead run that was rather long');
    writeFileSync(`${file}.tmp-old`, 'x');
    utimesSync(`${file}.tmp-old`, 1_000, 1_000);
    writeFileSync(`${file}.tmp-other`, 'of another run');
    await writeFeed(settings(), { A: {} }, 'k');
    expect(live()).toBe('{"id":"A"}\n');
    expect(readdirSync(folder).sort()).toEqual(['feed.jsonl', 'feed.jsonl.tmp-other']);
  });

  it('says what to do when the folder cannot be made, before and during the run', async () => {
    writeFileSync(path.join(folder, 'no'), 'a file, not a folder');
    const nowhere = { path: path.join(folder, 'no', 'feed.xml'), format: 'google-rss' as const };
    const channel = feedFileConnector.open(nowhere, testHost());
    expect(await channel.check()).toMatchObject([{ severity: 'error', code: 'folder_not_writable' }]);
    await expect(openFeed(nowhere).begin('k')).rejects.toMatchObject({ code: 'feed_not_written' });
    expect(await feedFileConnector.open(settings(), testHost()).check()).toEqual([]);
  });

  it('refuses a second commit and writing after the end', async () => {
    const writer = await openFeed(settings()).begin('k');
    await writer.commit();
    await expect(writer.commit()).rejects.toMatchObject({ code: 'invariant_broken' });
  });

  it('stops when the process stops, and the live file stays', async () => {
    await writeFeed(settings(), { A: {} });
    const stop = new AbortController();
    const writer = await openFeed(settings(), testHost(stop)).begin('k');
    stop.abort(new Error('stopping'));
    await expect(writer.write([{ sku: 'B', attributes: {} }])).rejects.toThrow('stopping');
    await writer.abort();
    expect(live()).toContain('"A"');
  });

  it('streams many items with a stream that is not faster than the disk', async () => {
    const writer = await openFeed({ path: file, format: 'google-rss', gzip: true }).begin('k');
    const batch = Array.from({ length: 1_000 }, (_, n) => ({ sku: `S${n}`, attributes: LAMP }));
    for (let round = 0; round < 20; round++) await writer.write(batch);
    expect(await writer.commit()).toMatchObject({ items: 20_000 });
  });
});

describe('the schema of feed files', () => {
  it('takes one listing in all formats and names attributes no format has', () => {
    for (const format of ['google-rss', 'meta-csv', 'jsonl'] as const)
      expect(compileListingSchema(listingSchemaOf(format))(LAMP)).toEqual([]);
    expect(compileListingSchema(listingSchemaOf('google-tsv'))({ ...LAMP, colour: 'red' })).toHaveLength(1);
  });

  it('refuses an attribute named id in JSON lines, because it would hide the SKU', () => {
    expect(compileListingSchema(listingSchemaOf('jsonl'))({ id: 'X' })).toHaveLength(1);
  });

  it('says what is missing', () => {
    const { price: _, ...unpriced } = LAMP;
    expect(compileListingSchema(listingSchemaOf('google-rss'))(unpriced)).toMatchObject([
      { severity: 'error', attribute: 'price' },
    ]);
  });
});

describe('the simulated fetching channel', () => {
  it('holds what was written and serves it', async () => {
    const module = await feedFileConnector.simulator?.();
    const simulator = await module?.start({ port: 0, processingMs: 0 });
    if (!simulator) throw new Error('no simulator');
    const settings = simulator.settings as { path: string; format: 'google-rss' };
    expect(simulator.held().size).toBe(0);
    await writeFeed(settings, { A: LAMP, B: LAMP });
    simulator.refuse('B', 'policy');
    expect(simulator.held()).toEqual(new Map([['A', LAMP]]));
    const fetched = await fetch(`${simulator.url}/products.xml`);
    expect(await fetched.text()).toBe(readFileSync(settings.path, 'utf8'));
    await simulator.stop();
    expect(existsSync(settings.path)).toBe(false);
  });
});
