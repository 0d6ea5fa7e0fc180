import type { PendingSubmission, Settlement } from '../../src/channel/connector.js';
import { epochMs } from '../../src/domain/instant.js';
import { isJsonObject, type JsonObject } from '../../src/domain/json.js';
import { type ListingTools, sendProducts } from './listing-tools.js';
import { getProduct } from './product-calls.js';
import { pathName, tildeName } from './product-name.js';
import type { Reading } from './product-sweep.js';
import { newVerdicts } from './settle-new.js';
import { type Judge, type Verdict, verdictOf } from './settle-verdict.js';
import { isNew, shows } from './submission-mark.js';

type Item = PendingSubmission['items'][number];

/** Processing takes minutes (products v1, verified 2026-11-23); after half an hour every listing is asked about by itself. */
const PATIENT_MS = 30 * 60_000;
/** So many listings of a submission are looked at first; while none of them shows it, the others do not either. */
const SAMPLES = 3;
/** Up to so many listings are simply asked about. */
const FEW = 5;
const LOST_AFTER_MS = 10 * 60_000;

/**
 * What became of a submission, with as few calls as it takes. Listings Google never had before are judged by one report for all
 * of them; others by the processed product, which alone tells which submission it shows, and only once a sample of them shows it.
 * Those that do not show it yet get no verdict.
 */
export async function settle(pending: PendingSubmission, tools: ListingTools): Promise<Settlement> {
  if (pending.items.length === 0) return { verdicts: [] };
  const source = await tools.dataSource.known();
  const judge: Judge = { pending, source, tools };
  const old = epochMs(tools.host.clock.now()) - epochMs(pending.sentAt) > PATIENT_MS;
  const fresh = pending.items.filter((item) => isNew(item, pending));
  const known = pending.items.filter((item) => !fresh.includes(item));
  const reported = fresh.length > FEW ? await newVerdicts(fresh, judge) : { verdicts: [], ask: fresh };
  const ask = old ? [...reported.ask, ...(reported.missing ?? [])] : reported.ask;
  const asked = await askAbout(ask, known, { judge, old });
  const verdicts = [...reported.verdicts, ...asked];
  const told = new Set(verdicts.map(({ sku }) => sku));
  const lost = isLost(pending, tools) ? pending.items.filter(({ sku }) => !told.has(sku)) : [];
  return {
    verdicts: [...verdicts, ...lost.map(({ sku }): Verdict => ({ sku, outcome: 'retry', code: 'not_seen' }))],
  };
}

/** Asks about `sure` ones by name, and about the others as soon as some of them show the submission. */
async function askAbout(
  sure: readonly Item[],
  others: readonly Item[],
  { judge, old }: { readonly judge: Judge; readonly old: boolean },
): Promise<readonly Verdict[]> {
  const free = readVerdicts(others, judge.tools.sweep.latest(judge.pending.sentAt), judge);
  const left = without(others, free);
  return [...free, ...(await askByName(sure, left, { judge, old }))];
}

async function askByName(
  sure: readonly Item[],
  others: readonly Item[],
  { judge, old }: { readonly judge: Judge; readonly old: boolean },
): Promise<readonly Verdict[]> {
  if (others.length <= FEW) return productVerdicts([...sure, ...others], judge);
  if (old) return [...(await productVerdicts(sure, judge)), ...(await manyVerdicts(others, judge))];
  const step = Math.ceil(others.length / SAMPLES);
  const samples = others.filter((_, place) => place % step === 0);
  const first = await productVerdicts([...sure, ...samples], judge);
  const sampled = new Set(samples.map(({ sku }) => sku));
  if (!first.some(({ sku }) => sampled.has(sku))) return first;
  return [...first, ...(await manyVerdicts(without(others, samples), judge))];
}

/** From a reading of all products where that is cheaper; what it does not answer is asked about by name. */
async function manyVerdicts(items: readonly Item[], judge: Judge): Promise<readonly Verdict[]> {
  const readable = items.filter(({ action }) => action !== 'remove');
  const reading = readable.length > FEW ? await judge.tools.sweep.insteadOf(readable.length) : null;
  const read = readVerdicts(readable, reading, judge);
  return [...read, ...(await productVerdicts(without(items, read), judge))];
}

/** Only of products that show the submission and carry no complaint. A removal is asked about by name: missing on a page is no proof. */
function readVerdicts(items: readonly Item[], reading: Reading | null, judge: Judge): readonly Verdict[] {
  if (reading === null) return [];
  const { pending, source, tools } = judge;
  return items.flatMap((item): Verdict[] => {
    const product = item.action === 'remove' ? undefined : reading.get(item.sku);
    if (product === undefined || !product.calm || product.dataSource !== source) return [];
    if (!shows(product.state, item, pending)) return [];
    return [{ sku: item.sku, outcome: 'live', externalId: tildeName(tools.market, item.sku), issues: [] }];
  });
}

function without(items: readonly Item[], told: readonly { readonly sku: string }[]): readonly Item[] {
  const skus = new Set(told.map(({ sku }) => sku));
  return items.filter(({ sku }) => !skus.has(sku));
}

/** Asks for the processed products, one call each, in one batch. */
async function productVerdicts(items: readonly Item[], judge: Judge): Promise<readonly Verdict[]> {
  if (items.length === 0) return [];
  const { client, market } = judge.tools;
  const calls = new Map(items.map(({ sku }) => [sku, getProduct(client, pathName(market, sku))]));
  const { replies } = await sendProducts(calls, { method: 'products.get', lane: 'urgent' }, judge.tools);
  return items.flatMap((item) => {
    const reply = replies.get(item.sku);
    if (reply === undefined) return [];
    const product = reply.status === 200 ? parsedObject(reply.body) : null;
    const verdict = verdictOf(item, { product, gone: reply.status === 404 }, judge);
    return verdict === null ? [] : [verdict];
  });
}

/**
 * A call whose answer we never had and of which nothing shows after ten minutes probably never arrived. Sending it again
 * is safe: equal versions are accepted.
 */
function isLost(pending: PendingSubmission, { host }: ListingTools): boolean {
  return pending.id === null && epochMs(host.clock.now()) - epochMs(pending.sentAt) > LOST_AFTER_MS;
}

function parsedObject(body: Buffer): JsonObject | null {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    return isJsonObject(parsed) ? parsed : null;
  } catch {
    // A cut part is no verdict; the product is asked for again.
    return null;
  }
}
