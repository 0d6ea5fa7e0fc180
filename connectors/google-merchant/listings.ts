import type { ListingChange, ListingPort, Receipt, Submission } from '../../src/channel/connector.js';
import { callFailure, classOf, untilNoonUtc } from './failures.js';
import { callFor } from './listing-calls.js';
import { type ListingTools, sendProducts } from './listing-tools.js';
import type { NestedCall, NestedReply } from './multipart.js';
import { look, observe } from './observe.js';
import { tildeName } from './product-name.js';
import { receiptOf } from './receipts.js';
import { laneOf, sendByLane } from './send-by-lane.js';
import { settle } from './settle.js';
import { submissionId } from './submission-mark.js';
import { sendSupplements } from './supplement/send-supplements.js';

/** Inserts, patches and deletes product inputs; verdicts come from the processed products. */
export function listingPort(tools: ListingTools): ListingPort {
  return {
    submit: (changes) => submit(changes, tools),
    settle: (pending) => settle(pending, tools),
    observe: (cursor) => observe(cursor, tools),
    look: (skus) => look(skus, tools),
  };
}

async function submit(given: readonly ListingChange[], tools: ListingTools): Promise<Submission> {
  if (given.length === 0) return { id: null, receipts: [] };
  const dataSource = await tools.dataSource.name();
  const calls = new Map<string, NestedCall>();
  const held = given.flatMap((change) => heldBack(change, tools) ?? []);
  const heldSkus = new Set(held.map(({ sku }) => sku));
  const free = given.filter(({ sku }) => !heldSkus.has(sku));
  const { changes, stopped } = await sendSupplements(free, tools);
  const refused: Receipt[] = [...held, ...stopped];
  for (const change of changes) {
    const made = callFor(change, dataSource, tools);
    if ('outcome' in made) refused.push(made);
    else calls.set(change.sku, made);
  }
  const answers = await sendByLane(changes, calls, tools);
  const inserted = await insertUnknownOffers(changes, answers.replies, { dataSource, tools });
  const sent = changes.filter((change) => calls.has(change.sku) && !answers.waiting.has(change.sku));
  const now = tools.host.clock.now();
  const receipts = sent.map((change) =>
    receiptOf(change, inserted.get(change.sku) ?? answers.replies.get(change.sku), {
      externalId: tildeName(tools.market, change.sku),
      now,
    }),
  );
  for (const receipt of receipts) if (receipt.outcome === 'accepted') tools.budget.spend(receipt.sku);
  heedDataSource(answers.replies, tools);
  const id = sent.length === 0 ? null : submissionId(answers.date, sent);
  return { id, receipts: [...refused, ...answers.waiting.values(), ...receipts] };
}

/** A product that had its two updates of the day, on a day whose calls are half used. */
function heldBack(change: ListingChange, { budget, client, host }: ListingTools): Receipt | null {
  if (laneOf(change) === 'urgent') return null;
  const share = client.pace.usedShare({ api: 'products', method: 'productInputs.insert' });
  if (!budget.isSpent(change.sku, share)) return null;
  return {
    sku: change.sku,
    outcome: 'retry',
    code: 'two_updates_today',
    againInMs: untilNoonUtc(host.clock.now()),
  };
}

/** A patch of a product Google does not have becomes a full insert; the change carries the whole listing for that. */
async function insertUnknownOffers(
  changes: readonly ListingChange[],
  replies: ReadonlyMap<string, NestedReply>,
  { dataSource, tools }: { readonly dataSource: string; readonly tools: ListingTools },
): Promise<ReadonlyMap<string, NestedReply>> {
  const unknown = changes.filter(({ sku, action }) => {
    const reply = replies.get(sku);
    return action === 'offer' && reply !== undefined && reply.status >= 400 && classOf(reply).name === 'gone';
  });
  const whole = await sendSupplements(
    unknown.map((change) => ({ ...change, action: 'upsert' })),
    tools,
  );
  const calls = new Map<string, NestedCall>();
  for (const change of whole.changes) {
    const call = callFor(change, dataSource, tools);
    if (!('outcome' in call)) calls.set(change.sku, call);
  }
  if (calls.size === 0) return NONE;
  return (await sendProducts(calls, { method: 'productInputs.insert', lane: 'urgent' }, tools)).replies;
}

const NONE: ReadonlyMap<string, NestedReply> = new Map();

/** A data source Google refuses: ours is looked up again, never the same one where it is of the wrong kind; one the operator named stops the channel. */
function heedDataSource(replies: ReadonlyMap<string, NestedReply>, tools: ListingTools): void {
  const refusals = [...replies.values()].filter((reply) => reply.status >= 400);
  const lost = refusals.find((reply) => DATA_SOURCE_CODES.has(classOf(reply).code));
  if (lost === undefined) return;
  tools.dataSource.forget(classOf(lost).code !== 'data_source_not_found');
  if (tools.dataSource.configured) throw callFailure(lost, 'products batch', tools.host.clock.now());
}

const DATA_SOURCE_CODES: ReadonlySet<string> = new Set([
  'data_source_not_found',
  'data_source_local',
  'data_source_not_writable',
]);
