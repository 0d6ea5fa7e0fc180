import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { ACCOUNT } from './account.js';
import { documentProblem, type FeedIssue, LARGEST_DOCUMENT, messageProblem } from './feed-rules.js';
import { getListing } from './listing-reads.js';
import { deleteListing, type ListingPlace, patchListing, putListing } from './listing-writes.js';
import type { Shelf } from './shelf.js';

/** Works a document of the type JSON_LISTINGS_FEED off and writes its processing report; null: the feed is given up. */
export function workListingsFeed(at: ListingPlace, feedId: string, bytes: Buffer): Buffer | null {
  if (bytes.length > LARGEST_DOCUMENT) return null;
  const body = parsed(bytes);
  if (body === undefined) return null;
  const problem = documentProblem(body);
  if (problem !== null || !isJsonObject(body))
    return report(feedId, { issues: [wholeDocument(problem ?? '')], processed: 0, invalid: 0, items: null });
  const messages = isJsonArray(body.messages) ? body.messages.filter(isJsonObject) : [];
  const results = messages.map((message) => ({ message, issues: workMessage(at, message) }));
  const accepted = results.filter(({ issues }) => !issues.some(({ severity }) => severity === 'ERROR'));
  return report(feedId, {
    issues: results.flatMap(({ issues }) => issues),
    processed: messages.length,
    invalid: messages.length - accepted.length,
    items: itemsFor(
      at.shelf,
      body.header,
      accepted.map(({ message }) => String(message.sku)),
    ),
  });
}

/** A message is judged and taken as the call for one listing would be. */
function workMessage(at: ListingPlace, message: JsonObject): readonly FeedIssue[] {
  const about = {
    messageId: Number(message.messageId),
    ...(typeof message.sku === 'string' ? { sku: message.sku } : {}),
  };
  const problem = messageProblem(message);
  if (problem !== null) return [{ ...about, code: '4000001', severity: 'ERROR', message: problem }];
  const { body, status } = call(at, message);
  if (status !== 200 || !isJsonObject(body))
    return [{ ...about, code: '4000003', severity: 'ERROR', message: detailsOf(body) }];
  const issues = isJsonArray(body.issues) ? body.issues.filter(isJsonObject) : [];
  return issues.map((issue) => ({
    ...about,
    code: String(issue.code),
    severity: issue.severity === 'WARNING' ? 'WARNING' : 'ERROR',
    message: String(issue.message),
    ...(isJsonArray(issue.attributeNames) ? { attributeName: String(issue.attributeNames[0]) } : {}),
  }));
}

function call(at: ListingPlace, message: JsonObject): SimulatorReply {
  const sku = String(message.sku);
  const { messageId: _id, sku: _sku, operationType, ...body } = message;
  if (operationType === 'DELETE') return deleteListing(at.shelf, sku);
  if (operationType === 'UPDATE') return putListing(at, sku, inside(body));
  if (operationType === 'PATCH') return patchListing(at.shelf, sku, inside(body));
  const attributes = isJsonObject(body.attributes) ? body.attributes : {};
  const patches = Object.entries(attributes).map(([name, value]) => ({
    op: 'replace',
    path: `/attributes/${name}`,
    value: value ?? null,
  }));
  return patchListing(at.shelf, sku, inside({ productType: body.productType ?? null, patches }));
}

/** A call that never was on a wire. */
function inside(body: JsonValue, query = ''): SimulatorRequest {
  return {
    method: 'PUT',
    path: '/',
    headers: {},
    query: new URLSearchParams(query),
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** Listings as the report shows them, where its header asked for it. */
function itemsFor(
  shelf: Shelf,
  header: JsonValue | undefined,
  skus: readonly string[],
): readonly JsonValue[] | null {
  const asked = isJsonObject(header) && isJsonObject(header.report) ? header.report.includedData : null;
  if (!isJsonArray(asked)) return null;
  const request = inside({}, `includedData=${asked.join(',')}`);
  return skus.flatMap((sku) => {
    const { status, body } = getListing(shelf, sku, request);
    return status === 200 && isJsonObject(body) ? [body] : [];
  });
}

interface Outcome {
  readonly issues: readonly FeedIssue[];
  readonly processed: number;
  readonly invalid: number;
  readonly items: readonly JsonValue[] | null;
}

function report(feedId: string, { issues, processed, invalid, items }: Outcome): Buffer {
  const of = (severity: string): number => issues.filter((issue) => issue.severity === severity).length;
  const itemSummary = { items: items?.length ?? 0, errors: 0, warnings: 0 };
  const body = {
    header: { sellerId: ACCOUNT.sellerId, version: '2.0', feedId },
    issues,
    summary: {
      errors: of('ERROR'),
      warnings: of('WARNING'),
      messagesProcessed: processed,
      messagesAccepted: processed - invalid,
      messagesInvalid: invalid,
      ...(items === null ? {} : { itemSummary }),
    },
    ...(items === null ? {} : { items }),
  };
  return Buffer.from(JSON.stringify(body));
}

function wholeDocument(message: string): FeedIssue {
  return { code: '4000000', severity: 'ERROR', message };
}

function detailsOf(body: SimulatorReply['body']): string {
  const first = isJsonObject(body) && isJsonArray(body.errors) ? body.errors[0] : undefined;
  return isJsonObject(first) ? String(first.details || first.message) : 'The message cannot be read.';
}

function parsed(bytes: Buffer): JsonValue | undefined {
  try {
    return JSON.parse(bytes.toString('utf8')) as JsonValue;
  } catch {
    return undefined;
  }
}
