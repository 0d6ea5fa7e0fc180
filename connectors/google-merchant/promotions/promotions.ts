import type { PromotionPort } from '../../../src/channel/side-ports.js';
import type { ChannelFacts } from '../../../src/domain/channel-facts.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type {
  Promotion,
  PromotionChange,
  PromotionReceipt,
  PromotionStatus,
} from '../../../src/domain/promotion.js';
import { classOf } from '../failures.js';
import type { NestedCall, NestedReply } from '../multipart.js';
import { wholeList } from '../page-walk.js';
import { type Sender, sendBatch } from '../send-batch.js';
import { outcomeOf } from '../side-outcome.js';
import { encodePromotion, endedPromotion, type PromotionMarket } from './promotion-form.js';
import { promotionIssues } from './promotion-rules.js';
import { type PromotionSource, promotionSource } from './promotion-source.js';
import { promotionStatus } from './promotion-status.js';

interface Tools extends Sender {
  readonly market: PromotionMarket;
  readonly source: PromotionSource;
}

/** Promotions of one language and country. */
export function promotionPort(sender: Sender, market: PromotionMarket): PromotionPort {
  const tools = { ...sender, market, source: promotionSource(sender.client, market) };
  return {
    submit: (changes) => submit(changes, tools),
    statuses: (promotions) => statuses(promotions, tools),
  };
}

async function submit(
  changes: readonly PromotionChange[],
  tools: Tools,
): Promise<readonly PromotionReceipt[]> {
  const now = tools.host.clock.now();
  const receipts: PromotionReceipt[] = [];
  const due: PromotionChange[] = [];
  for (const change of changes) {
    const settled = settledBefore(change, { now, channel: tools.host.channel, market: tools.market });
    if (settled === null) due.push(change);
    else receipts.push(settled);
  }
  if (due.length === 0) return receipts;
  const dataSource = await tools.source.name();
  const calls = new Map<string, NestedCall>(
    due.map((change) => [change.promotion.id, insertCall(change, dataSource, tools)]),
  );
  const facts = { api: 'promotions', method: 'promotions.insert', lane: 'ordinary' } as const;
  const { replies } = await sendBatch(calls, facts, tools);
  if ([...replies.values()].some(refusesSource)) tools.source.forget();
  return [...receipts, ...due.map((change) => receiptOf(change, replies.get(change.promotion.id), now))];
}

/** What needs no call: a promotion that breaks a rule, and the end of one that is over. */
function settledBefore(
  { action, promotion }: PromotionChange,
  view: { readonly now: string; readonly channel: ChannelFacts; readonly market: PromotionMarket },
): PromotionReceipt | null {
  const { now, channel, market } = view;
  if (action === 'end') return promotion.endsAt <= now ? { id: promotion.id, outcome: 'ended' } : null;
  const issues = promotionIssues(promotion, { channel, now, homepage: market.homepage });
  return issues.length === 0 ? null : { id: promotion.id, outcome: 'rejected', issues };
}

function insertCall({ action, promotion }: PromotionChange, dataSource: string, tools: Tools): NestedCall {
  const { client, host, market } = tools;
  const stated = action === 'end' ? endedPromotion(promotion, host.clock.now()) : promotion;
  return {
    method: 'POST',
    path: client.nestedPath('promotions', `${client.account}/promotions:insert`),
    body: { dataSource, promotion: encodePromotion(stated, market) },
  };
}

function receiptOf(
  { action, promotion }: PromotionChange,
  reply: NestedReply | undefined,
  now: string,
): PromotionReceipt {
  const outcome = outcomeOf(reply, { now, quote: true });
  if (outcome.outcome !== 'accepted') return { id: promotion.id, ...outcome };
  return { id: promotion.id, outcome: action === 'end' ? 'ended' : 'accepted' };
}

function refusesSource(reply: NestedReply): boolean {
  return reply.status >= 400 && classOf(reply).code.startsWith('data_source_');
}

/** Google has no look-up of several: the list is read whole (at most 250 a page) and what was asked for is taken out. */
async function statuses(
  promotions: readonly Promotion[],
  { client, market }: Tools,
): Promise<readonly PromotionStatus[]> {
  if (promotions.length === 0) return [];
  const wanted = new Set(promotions.map(({ id }) => id));
  const all = await wholeList('promotions', (pageToken) =>
    client.ask({
      method: 'promotions.list',
      api: 'promotions',
      verb: 'GET',
      path: `${client.account}/promotions`,
      query: { pageSize: 250, pageToken: pageToken ?? undefined },
    }),
  );
  return all.filter((one) => isOurs(one, market) && wanted.has(String(one.promotionId))).map(promotionStatus);
}

function isOurs(promotion: JsonObject, market: PromotionMarket): boolean {
  return (
    promotion.contentLanguage === market.contentLanguage && promotion.targetCountry === market.targetCountry
  );
}
