import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { ACCOUNT } from './account.js';

/** A complaint of a processing report; without `messageId` it is about the whole document. */
export interface FeedIssue {
  readonly messageId?: number;
  readonly sku?: string;
  readonly code: string;
  readonly severity: 'ERROR' | 'WARNING';
  readonly message: string;
  readonly attributeName?: string;
}

const MOST_MESSAGES = 25_000;
const LARGEST_ID = 2_147_483_647;
/** Larger documents were refused in practice. */
export const LARGEST_DOCUMENT = 10 * 1024 * 1024;

/** What each operation needs and what it must not have. */
const OPERATIONS: Readonly<Record<string, { needs: readonly string[]; takes: readonly string[] }>> = {
  UPDATE: { needs: ['productType', 'attributes'], takes: ['requirements'] },
  PARTIAL_UPDATE: { needs: ['productType', 'attributes'], takes: [] },
  PATCH: { needs: ['productType', 'patches'], takes: [] },
  DELETE: { needs: [], takes: [] },
};
const EVERYWHERE = ['messageId', 'sku', 'operationType'];
const REPORTABLE =
  'summaries attributes issues offers fulfillmentAvailability procurement relationships productTypes'.split(
    ' ',
  );

/** What is wrong with the document as a whole; nothing: its messages are worked off. */
export function documentProblem(body: JsonValue | undefined): string | null {
  if (!isJsonObject(body)) return 'The document is not a JSON object.';
  const unknown = unknownKey(body, ['header', 'messages']);
  if (unknown) return unknown;
  return headerProblem(body.header) ?? messagesProblem(body.messages);
}

function headerProblem(header: JsonValue | undefined): string | null {
  if (!isJsonObject(header)) return 'header is required.';
  const unknown = unknownKey(header, ['sellerId', 'version', 'issueLocale', 'report']);
  if (unknown) return unknown;
  if (header.sellerId !== ACCOUNT.sellerId) return 'sellerId is not the authorized seller.';
  if (header.version !== '2.0') return "version must be '2.0'.";
  if (header.issueLocale !== undefined && !/^[a-z]{2}_[A-Z]{2}$/.test(String(header.issueLocale)))
    return 'issueLocale is not a locale.';
  if (header.report === undefined) return null;
  if (!isJsonObject(header.report) || header.report.apiVersion !== '2021-08-01')
    return 'report needs the apiVersion 2021-08-01.';
  const { includedData } = header.report;
  const known = isJsonArray(includedData) && includedData.every((name) => REPORTABLE.includes(String(name)));
  return known && includedData.length > 0 ? null : 'includedData has an unknown data set.';
}

function messagesProblem(messages: JsonValue | undefined): string | null {
  if (!isJsonArray(messages) || messages.length === 0) return 'messages is required.';
  if (messages.length > MOST_MESSAGES) return `A feed has at most ${MOST_MESSAGES} messages.`;
  const ids = new Set<JsonValue | undefined>();
  for (const message of messages) {
    if (!isJsonObject(message)) return 'A message must be an object.';
    const { messageId } = message;
    if (typeof messageId !== 'number' || !Number.isInteger(messageId)) return 'messageId must be an integer.';
    if (messageId < 1 || messageId > LARGEST_ID) return 'messageId is out of range.';
    if (ids.has(messageId)) return `messageId ${messageId} occurs twice.`;
    ids.add(messageId);
  }
  return null;
}

/** What is wrong with the form of one message, before its listing is looked at. */
export function messageProblem(message: JsonObject): string | null {
  if (typeof message.sku !== 'string' || message.sku.trim() === '') return 'sku is required.';
  const operation = Object.hasOwn(OPERATIONS, String(message.operationType))
    ? OPERATIONS[String(message.operationType)]
    : undefined;
  if (!operation) return 'operationType is unknown.';
  const missing = operation.needs.find((name) => message[name] === undefined);
  if (missing !== undefined) return `${missing} is required for ${String(message.operationType)}.`;
  return unknownKey(message, [...EVERYWHERE, ...operation.needs, ...operation.takes]);
}

function unknownKey(object: JsonObject, known: readonly string[]): string | null {
  const unknown = Object.keys(object).find((name) => !known.includes(name));
  return unknown === undefined ? null : `${unknown} is not allowed here.`;
}
