import type { Page } from '../../src/channel/page.js';
import { pause } from '../../src/channel/throttle.js';
import { ChannelError } from '../../src/domain/errors.js';
import { epochMs } from '../../src/domain/instant.js';
import { isJsonObject, type JsonObject } from '../../src/domain/json.js';
import { objectIn, objectOrNull, textIn, textOrNothing } from './json-path.js';
import type { ShopifyWork } from './shopify-work.js';
import { READ_BULK, START_BULK } from './source-documents.js';
import { saidBy, userErrors } from './user-errors.js';

/** A root object of a bulk operation's result with everything that hangs on it. */
export interface BulkGroup {
  readonly root: JsonObject;
  readonly children: readonly JsonObject[];
}

/** Where a bulk read stands; travels as the page's cursor. `wait`: no operation was free; `run`: it runs; `at`: bytes read of its file. */
type Place =
  | { readonly wait: number }
  | { readonly run: string; readonly looks: number }
  | { readonly file: string; readonly at: number; readonly lines: number };

const PART_BYTES = 4 * 1024 * 1024;
const LARGEST_PART = 64 * 1024 * 1024;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** Shopify lets an operation run for ten days; a catalog that old is no use. */
const DEADLINE_MS = 6 * 3_600_000;
const MOST_WAITS = 400;

/**
 * One page of a bulk operation's result: starts the operation, waits for it page by empty page, then reads its file in parts, so that
 * nothing grows with the shop. Only an operation that is `COMPLETED` and whose file has as many lines as it says is complete: anything else throws
 * and nothing of it counts. Results lie for seven days (shopify.dev, "Bulk operations", verified 2026-11-23).
 */
export async function bulkPage(
  work: ShopifyWork,
  query: string,
  cursor: string | null,
): Promise<Page<BulkGroup>> {
  const place = cursor === null ? { wait: 0 } : (JSON.parse(cursor) as Place);
  if ('wait' in place) return started(work, query, place.wait);
  if ('run' in place) return looked(work, place.run, place.looks);
  return part(work, place);
}

async function started(work: ShopifyWork, query: string, waits: number): Promise<Page<BulkGroup>> {
  const data = await work.client.call(START_BULK, { query });
  const payload = objectIn(data, 'bulkOperationRunQuery');
  const operation = objectOrNull(payload, 'bulkOperation');
  if (operation !== null) return { items: [], next: placeText({ run: textIn(operation, 'id'), looks: 0 }) };
  const errors = userErrors(payload);
  const busy = errors.some(({ code }) => code === 'LIMIT_REACHED' || code === 'OPERATION_IN_PROGRESS');
  if (!busy || waits >= MOST_WAITS) throw unusable(`was not started: ${saidBy(errors)}`);
  await pause(LONGEST_WAIT_MS, work.host.signal);
  return { items: [], next: placeText({ wait: waits + 1 }) };
}

async function looked(work: ShopifyWork, id: string, looks: number): Promise<Page<BulkGroup>> {
  const operation = await bulkState(work, id);
  const status = textIn(operation, 'status');
  if (status === 'COMPLETED') {
    if (textOrNothing(operation, 'url') !== undefined)
      return { items: [], next: placeText({ file: id, at: 0, lines: 0 }) };
    if (countOf(operation) === 0) return { items: [], next: null };
    throw unusable('has objects but no file');
  }
  if (status !== 'CREATED' && status !== 'RUNNING')
    throw unusable(`ended as ${status} (${textOrNothing(operation, 'errorCode') ?? 'no reason told'})`);
  const age = epochMs(work.host.clock.now()) - Date.parse(textIn(operation, 'createdAt'));
  if (age > DEADLINE_MS) throw unusable('has been running for more than six hours');
  await pause(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(looks, 10)), work.host.signal);
  return { items: [], next: placeText({ run: id, looks: looks + 1 }) };
}

/** A part of the file, cut where a root begins. The address is asked for anew: it is signed and may have been replaced. */
async function part(
  work: ShopifyWork,
  place: { readonly file: string; readonly at: number; readonly lines: number },
): Promise<Page<BulkGroup>> {
  const operation = await bulkState(work, place.file);
  const address = textIn(operation, 'url');
  for (let bytes = PART_BYTES; bytes <= LARGEST_PART; bytes *= 4) {
    const file = await work.client.filePart(address, place.at, bytes);
    const read = groupsOf(file.bytes, file.more);
    if (read.groups.length === 0 && file.more) continue; // one root with more children than the part holds
    const lines = place.lines + read.lines;
    if (file.more)
      return {
        items: read.groups,
        next: placeText({ file: place.file, at: place.at + read.bytes, lines }),
      };
    if (lines !== countOf(operation))
      throw unusable(`says it has ${countOf(operation)} objects, and its file has ${lines}`);
    return { items: read.groups, next: null };
  }
  throw unusable('has an object too large to be read');
}

async function bulkState({ client }: ShopifyWork, id: string): Promise<JsonObject> {
  const operation = objectOrNull(await client.call(READ_BULK, { id }), 'bulkOperation');
  if (operation !== null) return operation;
  throw unusable('is not known any more');
}

/** Numbers above 2^53 travel as text. */
function countOf(operation: JsonObject): number {
  return Number(operation.objectCount ?? Number.NaN);
}

/**
 * Whole groups of a part of a file whose children stand behind their parent. With more to come the last group may go on: it is left for the
 * next part. A child without its parent means that the file is not grouped as it was asked for. Pure but for the throw.
 */
function groupsOf(
  bytes: Buffer,
  more: boolean,
): { readonly groups: readonly BulkGroup[]; readonly bytes: number; readonly lines: number } {
  const groups: { root: JsonObject; children: JsonObject[]; at: number; line: number }[] = [];
  const ids = new Set<string>();
  let at = 0;
  let lines = 0;
  while (at < bytes.length) {
    const end = bytes.indexOf(10, at);
    if (end === -1 && more) break;
    const text = bytes.subarray(at, end === -1 ? bytes.length : end).toString('utf8');
    if (text !== '') {
      const object = parsed(text);
      const parent = textOrNothing(object, '__parentId');
      if (parent === undefined) {
        groups.push({ root: object, children: [], at, line: lines });
        ids.clear();
      } else if (!ids.has(parent)) throw unusable('has children away from their parents');
      else groups.at(-1)?.children.push(object);
      if (typeof object.id === 'string') ids.add(object.id);
      lines += 1;
    }
    at = end === -1 ? bytes.length : end + 1;
  }
  const open = more ? groups.pop() : undefined;
  return { groups, bytes: open?.at ?? at, lines: open?.line ?? lines };
}

function parsed(text: string): JsonObject {
  try {
    const object: unknown = JSON.parse(text);
    if (isJsonObject(object)) return object;
  } catch {
    // Told below: the line would quote the catalog.
  }
  throw unusable('has a line that is no JSON object');
}

function placeText(place: Place): string {
  return JSON.stringify(place);
}

function unusable(why: string): ChannelError {
  return new ChannelError(`The bulk operation ${why}`, {
    code: 'bulk_incomplete',
    kind: 'ambiguous',
    owner: 'channel',
    advice:
      'Nothing was changed; the shop is read again by itself. If it stays, set `fullRead: pages` and report it with the log.',
  });
}
