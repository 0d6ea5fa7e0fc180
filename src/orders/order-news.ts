import { answerOrStop } from '../channel/answer-or-stop.js';
import type { OrderNews, OrderNewsPort } from '../channel/order-news-port.js';
import { ChannelError } from '../domain/errors.js';
import { plusMs } from '../domain/instant.js';
import { clearProblem, raiseProblem } from '../problems/problems.js';
import type { OrderDesk } from './order-desk.js';
import { takeIn } from './pull.js';

/** What a look into the queue brought: received = written + elsewhere + unknown + left. */
export interface NewsTaken {
  readonly received: number;
  /** Their order is written as it is now, and they are out of the queue. */
  readonly written: number;
  /** Of another store of the account: its own channel should look. */
  readonly elsewhere: number;
  /** Nothing we asked for: left in the queue, and told. */
  readonly unknown: number;
  /** Come again: their order could not be read. */
  readonly left: number;
  /** Orders that changed something here. */
  readonly changed: number;
  /** How long to wait after a failure; null: there was none. */
  readonly againInMs: number | null;
}

const NOTHING: NewsTaken = {
  received: 0,
  written: 0,
  elsewhere: 0,
  unknown: 0,
  left: 0,
  changed: 0,
  againInMs: null,
};

/** A queue that failed without saying for how long is asked again after this. */
const FAILED_MS = 60_000;
/** A message that came this often without its order being readable is told to a person. */
const OFTEN = 5;
/** A few times as long as a received message is hidden. */
const QUIET_MS = 15 * 60_000;

/**
 * Takes messages about changed orders: each wakes the reading of its order, which is written before the message leaves the queue. Killed in between,
 * it comes again and changes nothing. Trouble with the queue never stops the channel: orders go on coming in by polling.
 */
export async function takeNews(
  desk: OrderDesk,
  port: OrderNewsPort,
  way: { readonly waitMs: number; readonly signal?: AbortSignal },
): Promise<NewsTaken> {
  try {
    const news = await answerOrStop(port.receive(way.waitMs), way.signal);
    const taken = await take(desk, port, news);
    await tellTrouble(desk, news, taken);
    return taken;
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    const { code, message, advice } = error;
    await problem(desk, 'queue', { code, message, advice });
    return { ...NOTHING, againInMs: error.againInMs ?? FAILED_MS };
  }
}

async function take(desk: OrderDesk, port: OrderNewsPort, news: readonly OrderNews[]): Promise<NewsTaken> {
  const about = <Kind extends OrderNews['about']>(kind: Kind): Extract<OrderNews, { about: Kind }>[] =>
    news.filter((each): each is Extract<OrderNews, { about: Kind }> => each.about === kind);
  const own = about('order');
  const ids = [...new Set(own.map(({ externalId }) => externalId))];
  const orders = ids.length === 0 ? [] : await port.read(ids);
  const stored =
    orders.length === 0 ? null : await desk.database.transaction((tx) => takeIn(tx, desk, orders));
  const read = new Set(orders.map(({ externalId }) => externalId));
  const written = own.filter(({ externalId }) => read.has(externalId));
  const elsewhere = about('elsewhere');
  const finished = [...written, ...elsewhere].map(({ handle }) => handle);
  if (finished.length > 0) await port.done(finished);
  return {
    received: news.length,
    written: written.length,
    elsewhere: elsewhere.length,
    unknown: about('unknown').length,
    left: own.length - written.length,
    changed: stored === null ? 0 : stored.created + stored.updated,
    againInMs: null,
  };
}

/** Messages that stand in the queue for nothing are told, and the problem goes away when none was seen for a while. */
async function tellTrouble(desk: OrderDesk, news: readonly OrderNews[], taken: NewsTaken): Promise<void> {
  await clearProblem(desk.database, keyOf(desk, 'queue'));
  const [unknown] = news.filter((each) => each.about === 'unknown');
  if (unknown?.about === 'unknown')
    await problem(desk, 'unknown', {
      code: 'order_news_unknown',
      message: `The order queue holds messages that are not ours (${taken.unknown} of ${taken.received} received last): ${unknown.why}`,
      advice: 'Give Omnifeed a queue of its own, or remove them; they are left where they are.',
    });
  const dead = news.filter((each) => each.about === 'order' && each.received >= OFTEN);
  if (dead.length > 0 && taken.left > 0)
    await problem(desk, 'dead', {
      code: 'order_news_dead',
      message: `${taken.left} messages of the order queue come again and again: their orders cannot be read`,
      advice:
        'Set a dead-letter queue on it; the orders come in by polling as soon as the channel shows them.',
    });
  for (const what of ['unknown', 'dead']) await clearWhenQuiet(desk, what);
}

/** Messages that were received are hidden for some minutes: only longer silence means that they are gone. */
async function clearWhenQuiet(desk: OrderDesk, what: string): Promise<void> {
  await desk.database.run('DELETE FROM problem WHERE problem_key = ? AND seen_at < ?', [
    keyOf(desk, what),
    plusMs(desk.clock.now(), -QUIET_MS),
  ]);
}

function keyOf(desk: OrderDesk, what: string): string {
  return `channel:${desk.channel}:order-news:${what}`;
}

function problem(
  desk: OrderDesk,
  what: string,
  said: { readonly code: string; readonly message: string; readonly advice: string },
): Promise<void> {
  return raiseProblem(
    desk.database,
    { key: keyOf(desk, what), channel: desk.channel, severity: 'warning', ...said },
    desk.clock.now(),
  );
}
