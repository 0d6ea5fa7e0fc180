import type { FeeEstimateQuestion, FeePort } from '../channel/fee-port.js';
import { epochMs, type Instant } from '../domain/instant.js';
import type { ChannelDesk } from '../sync/channel-desk.js';
import { askPatiently } from './ask-patiently.js';
import { channelSubjects } from './channel-subjects.js';
import { misfit } from './fee-estimate.js';
import { type AnsweredQuestion, keepEstimates } from './kept-estimates.js';
import type { ProfitSubject } from './listing-profit.js';

const DAY_MS = 86_400_000;

/** An estimate is asked for again after a week, a refusal after a day. */
const GOOD_FOR_MS = { estimated: 7 * DAY_MS, refused: DAY_MS } as const;

/** What a refresh asked and got; asked = estimated + refused + unanswered. */
export interface FeeRefresh {
  readonly asked: number;
  readonly estimated: number;
  readonly refused: number;
  /** The channel failed; what was known before stays. */
  readonly unanswered: number;
}

/** Which listings, and who is told how far it is. */
export interface RefreshScope {
  /** Null: all. */
  readonly skus: readonly string[] | null;
  readonly signal: AbortSignal;
  onAsked?(refresh: FeeRefresh): void;
}

/**
 * Asks the channel what it takes for every listing whose estimate is missing, old, or for another price or shipper. Each answer is kept
 * at once, so that a stopped refresh goes on where it was. Throws ChannelError when the channel cannot be asked.
 */
export async function refreshFees(
  desk: ChannelDesk,
  port: FeePort,
  scope: RefreshScope,
): Promise<FeeRefresh> {
  let total: FeeRefresh = { asked: 0, estimated: 0, refused: 0, unanswered: 0 };
  let waiting: FeeEstimateQuestion[] = [];
  const ask = async (questions: readonly FeeEstimateQuestion[]): Promise<void> => {
    if (questions.length === 0) return;
    total = sum(total, await askOnce(desk, { port, questions, signal: scope.signal }));
    scope.onAsked?.(total);
  };
  for await (const page of channelSubjects(desk, scope.skus)) {
    scope.signal.throwIfAborted();
    waiting.push(...page.flatMap((subject) => questionOf(subject, desk.clock.now()) ?? []));
    for (; waiting.length >= port.batch; waiting = waiting.slice(port.batch))
      await ask(waiting.slice(0, port.batch));
  }
  await ask(waiting);
  return total;
}

/** The question to ask about a listing; null: it is answered, or has no price. */
function questionOf(subject: ProfitSubject, now: Instant): FeeEstimateQuestion | null {
  const { sku, price, fulfilledBy, estimate } = subject;
  if (price === null || price.minor <= 0) return null;
  if (estimate !== null) {
    const fits =
      estimate.outcome === 'refused'
        ? isSameOffer(estimate, subject)
        : misfit(estimate, { price, fulfilledBy }) === null;
    const ageMs = epochMs(now) - epochMs(estimate.at);
    if (fits && ageMs < GOOD_FOR_MS[estimate.outcome]) return null;
  }
  return { sku, price, fulfilledBy };
}

function isSameOffer(
  estimate: { readonly price: { minor: number; currency: string }; readonly fulfilledBy: string | null },
  { price, fulfilledBy }: ProfitSubject,
): boolean {
  return (
    estimate.price.minor === price?.minor &&
    estimate.price.currency === price.currency &&
    estimate.fulfilledBy === fulfilledBy
  );
}

async function askOnce(
  desk: ChannelDesk,
  call: {
    readonly port: FeePort;
    readonly questions: readonly FeeEstimateQuestion[];
    readonly signal: AbortSignal;
  },
): Promise<FeeRefresh> {
  const { port, questions, signal } = call;
  const answers = await askPatiently(() => port.estimate(questions), signal);
  const bySku = new Map(answers.map((answer) => [answer.sku, answer]));
  const kept = questions.flatMap((question): AnsweredQuestion[] => {
    const answer = bySku.get(question.sku);
    return answer === undefined || answer.outcome === 'unanswered' ? [] : [{ question, answer }];
  });
  await keepEstimates(desk.database, desk.kit.channel.id, { answers: kept, now: desk.clock.now() });
  const estimated = kept.filter(({ answer }) => answer.outcome === 'estimated').length;
  return {
    asked: questions.length,
    estimated,
    refused: kept.length - estimated,
    unanswered: questions.length - kept.length,
  };
}

function sum(a: FeeRefresh, b: FeeRefresh): FeeRefresh {
  return {
    asked: a.asked + b.asked,
    estimated: a.estimated + b.estimated,
    refused: a.refused + b.refused,
    unanswered: a.unanswered + b.unanswered,
  };
}
