import { ChannelError } from '../../src/domain/errors.js';
import type { JsonObject } from '../../src/domain/json.js';

/** One record on its way. */
export interface Outgoing {
  readonly sku: string;
  readonly record: JsonObject;
}

/** What became of the records of one lane: every one of them is in exactly one place. */
export interface PartsSent {
  /** Answers of Meta with the records they are about. */
  readonly answered: readonly { readonly reply: JsonObject; readonly records: readonly Outgoing[] }[];
  /** Records refused all by themselves. */
  readonly refused: readonly { readonly record: Outgoing; readonly error: ChannelError }[];
  /** Records of a call that failed otherwise, or could not be split any further. */
  readonly failed: readonly { readonly records: readonly Outgoing[]; readonly error: ChannelError }[];
  /** Records no call was made for, because one before them failed. */
  readonly untried: readonly Outgoing[];
}

/** Largest call (items_batch reference, verified 2026-11: 5,000 records, 28 MB, fewer than 3,000 recommended), with room for the frame. */
export const LARGEST_PART = { records: 2_999, bytes: 26_000_000 } as const;

/** Isolating one guilty record among 4,096 takes two calls for each of twelve halvings. The hourly budget begins at 200. */
const MOST_SPLITS = 12;

/**
 * Sends records in parts that fit a call. A part that is refused as a whole (too much data, a parameter nobody can attribute) is halved
 * and sent again until the guilty record is alone; any other failure ends the sending. `splits` is shared by the lanes of a submission.
 */
export async function sendParts(
  records: readonly Outgoing[],
  send: (records: readonly JsonObject[]) => Promise<JsonObject>,
  splits: { left: number } = { left: MOST_SPLITS },
): Promise<PartsSent> {
  const sent = {
    answered: [] as PartsSent['answered'][number][],
    refused: [] as PartsSent['refused'][number][],
    failed: [] as PartsSent['failed'][number][],
    untried: [] as Outgoing[],
  };
  const waiting = [...partsOf(records)];
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    const answer = await answerOf(part, send);
    if (!(answer instanceof ChannelError)) {
      sent.answered.push({ reply: answer, records: part });
      continue;
    }
    const [first] = part;
    if (answer.kind === 'refused' && part.length === 1 && first) {
      sent.refused.push({ record: first, error: answer });
    } else if (answer.kind === 'refused' && splits.left > 0) {
      splits.left -= 1;
      const middle = Math.ceil(part.length / 2);
      waiting.unshift(part.slice(0, middle), part.slice(middle));
    } else {
      sent.failed.push({ records: part, error: answer });
      sent.untried.push(...waiting.splice(0).flat());
    }
  }
  return sent;
}

/** A new allowance of splits for one submission. */
export function splitAllowance(): { left: number } {
  return { left: MOST_SPLITS };
}

async function answerOf(
  part: readonly Outgoing[],
  send: (records: readonly JsonObject[]) => Promise<JsonObject>,
): Promise<JsonObject | ChannelError> {
  try {
    return await send(part.map(({ record }) => record));
  } catch (error) {
    if (error instanceof ChannelError) return error;
    throw error;
  }
}

/** Parts by count and by bytes as they travel; a record larger than a call stands alone and is refused by Meta. */
function* partsOf(records: readonly Outgoing[]): Generator<readonly Outgoing[]> {
  let part: Outgoing[] = [];
  let bytes = 0;
  for (const outgoing of records) {
    const size = Buffer.byteLength(JSON.stringify(outgoing.record)) + 1;
    if (part.length > 0 && (part.length >= LARGEST_PART.records || bytes + size > LARGEST_PART.bytes)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(outgoing);
    bytes += size;
  }
  if (part.length > 0) yield part;
}
