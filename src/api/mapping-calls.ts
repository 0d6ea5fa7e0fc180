import type { Caller } from '../access/caller.js';
import type { App } from '../app.js';
import { lists } from '../channel/listing-connector.js';
import { OperatorError } from '../domain/errors.js';
import { Refusal } from './problem.js';

/** Who changes something, as versions and drafts name them. */
export function authorOf(caller: Caller | null): string {
  return `operator:${caller?.name ?? 'unknown'}`;
}

/** The revision or version a call says it began from: `If-Match: "3"`. Throws 428-like 412 when it says none that can be. */
export function expectedOf(headers: Readonly<Record<string, string | undefined>>): number {
  const match = /^(?:W\/)?"(\d{1,9})"$/.exec(headers['if-match'] ?? '');
  if (match !== null) return Number(match[1]);
  throw new Refusal(
    412,
    'if_match_missing',
    'The call does not say which revision it began from.',
    'Send `If-Match` with the `etag` of what you read; "0" for something new.',
  );
}

/** Runs work that saves: what somebody else moved meanwhile is told with 412. */
export async function saving<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OperatorError && MOVED.has(error.code))
      throw new Refusal(412, error.code, error.message, error.advice);
    throw error;
  }
}

const MOVED: ReadonlySet<string> = new Set(['draft_moved', 'text_moved', 'base_moved']);

/** Channels that are told listings, so have mappings. */
export function listingChannels(app: App): readonly string[] {
  return app.config.channels
    .filter(({ connector }) => lists(app.connectors.get(connector)))
    .map(({ id }) => id);
}

/** Lets every channel look again: a file may be the mapping of several. */
export async function wakeAll(app: App): Promise<void> {
  for (const { id } of app.config.channels) await app.queue.wake('reconcile', id);
}
