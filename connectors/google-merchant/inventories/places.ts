import type { PlacePort } from '../../../src/channel/side-ports.js';
import type { PlaceChange, PlaceReceipt } from '../../../src/domain/place.js';
import type { SubApi } from '../api-version.js';
import { classOf, readGoogleError } from '../failures.js';
import { encodeLfp, type LfpTarget } from '../lfp/lfp-form.js';
import type { NestedCall, NestedReply } from '../multipart.js';
import { offerIdProblem, pathName } from '../product-name.js';
import type { Lane } from '../quota-pace.js';
import { type Sender, sendBatch } from '../send-batch.js';
import type { MarketKey } from '../settings.js';
import { outcomeOf } from '../side-outcome.js';
import { deletePlace, insertLfp, insertPlace, placeMethod } from './place-calls.js';
import { encodePlace, placeProblems } from './place-form.js';

/** A product must be processed before it can have inventory; that takes minutes (inventories v1, verified 2026-11-23). */
const UNPROCESSED_MS = 20 * 60_000;

interface Tools extends Sender {
  readonly market: MarketKey;
  /** Set where the account is a provider that sends stock of stores for a merchant; null: stores are the account's own. */
  readonly lfp: LfpTarget | null;
}

/** Stock per store and region: local and regional inventories of the products of one market. */
export function placePort(tools: Tools): PlacePort {
  return { submit: (changes) => submit(changes, tools) };
}

async function submit(changes: readonly PlaceChange[], tools: Tools): Promise<readonly PlaceReceipt[]> {
  const receipts: PlaceReceipt[] = [];
  const batches = new Map<string, Map<PlaceChange, NestedCall>>();
  for (const change of changes) {
    const made = callFor(change, tools);
    if ('outcome' in made) receipts.push(made);
    else batchFor(batches, change, tools).set(change, made);
  }
  for (const [name, calls] of batches) receipts.push(...(await send(name, calls, tools)));
  return receipts;
}

/** Methods have quota groups of their own, and stock that ran out does not wait behind stock that came in. */
function batchFor(
  batches: Map<string, Map<PlaceChange, NestedCall>>,
  change: PlaceChange,
  tools: Tools,
): Map<PlaceChange, NestedCall> {
  const urgent = change.action === 'remove' || change.availability === 'out_of_stock';
  const name = `${methodFor(change, tools)} ${urgent ? 'urgent' : 'ordinary'}`;
  const batch = batches.get(name) ?? new Map<PlaceChange, NestedCall>();
  batches.set(name, batch);
  return batch;
}

function methodFor({ kind, action }: PlaceChange, { lfp }: Tools): string {
  if (kind === 'store' && lfp !== null) return 'lfp lfpInventories.insert';
  return `inventories ${placeMethod(kind, action === 'remove' ? 'delete' : 'insert')}`;
}

async function send(
  name: string,
  batch: ReadonlyMap<PlaceChange, NestedCall>,
  tools: Tools,
): Promise<readonly PlaceReceipt[]> {
  const [api = '', method = '', lane = ''] = name.split(' ');
  const changes = [...batch.keys()];
  const calls = new Map([...batch.values()].map((call, place) => [String(place), call]));
  const facts = { api: api as SubApi, method, lane: lane as Lane };
  const { replies } = await sendBatch(calls, facts, tools);
  return changes.flatMap((change, place) => receiptOf(change, replies.get(String(place)), tools));
}

/** The call for a change, or the receipt that says why there is none. */
function callFor(change: PlaceChange, { client, market, lfp }: Tools): NestedCall | PlaceReceipt {
  const { sku, kind, place } = change;
  const problem = offerIdProblem(sku);
  if (problem !== null) {
    const issue = { severity: 'error', code: 'sku_not_possible', origin: 'ours', message: problem } as const;
    return { sku, kind, place, outcome: 'rejected', issues: [issue] };
  }
  if (kind === 'store' && lfp !== null) {
    const issues = placeProblems(change);
    return issues.length === 0
      ? insertLfp(client, encodeLfp(change, market, lfp))
      : { sku, kind, place, outcome: 'rejected', issues };
  }
  const name = pathName(market, sku);
  if (change.action === 'remove') return deletePlace(client, kind, { pathName: name, place });
  const encoded = encodePlace(change);
  return encoded.fits
    ? insertPlace(client, kind, { pathName: name, body: encoded.body })
    : { sku, kind, place, outcome: 'rejected', issues: encoded.issues };
}

/** An entry without an answer has no receipt: it is sent again. */
function receiptOf(
  change: PlaceChange,
  reply: NestedReply | undefined,
  { host }: Tools,
): readonly PlaceReceipt[] {
  if (reply === undefined) return [];
  const { sku, kind, place } = change;
  const named = { sku, kind, place };
  if (reply.status === 404 && change.action === 'remove') return [{ ...named, outcome: 'accepted' }];
  if (isUnprocessed(reply)) {
    return [{ ...named, outcome: 'retry', code: 'product_not_processed', againInMs: UNPROCESSED_MS }];
  }
  return [{ ...named, ...outcomeOf(reply, { now: host.clock.now(), quote: true }) }];
}

/** Google does not know the product yet, or no longer; it says so with 404 or 400. */
function isUnprocessed(reply: NestedReply): boolean {
  if (reply.status !== 404 && reply.status !== 400) return false;
  if (classOf(reply).name === 'config') return false;
  return (
    reply.status === 404 || /product\b.*\b(not found|not exist)/i.test(readGoogleError(reply.body).message)
  );
}
