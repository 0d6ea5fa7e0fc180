import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { unreadable } from '../feeds/transport.js';

/** What the report of an order feed says of one message. */
export interface ProcessingResult {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly text: string;
}

// Numbers stay text: message ids and codes are names.
const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: true, processEntities: true });

/**
 * Reads the processing report of an order feed: results by message number. A message without a result succeeded; results of message 0 are about the
 * whole feed. A report that is not whole throws: silence in it would count as success.
 */
export function readProcessingReport(text: string): ReadonlyMap<number, readonly ProcessingResult[]> {
  if (XMLValidator.validate(text) !== true)
    throw unreadable('the processing report of an order feed is not whole');
  const envelope = member(parser.parse(text) as JsonObject, 'AmazonEnvelope');
  const report = member(member(envelope, 'Message'), 'ProcessingReport');
  if (report.StatusCode !== 'Complete')
    throw unreadable('the processing report of an order feed is not complete');
  const results = new Map<number, ProcessingResult[]>();
  for (const result of listOf(report.Result)) {
    const id = Number(result.MessageID);
    const known = results.get(id) ?? [];
    known.push({
      severity: result.ResultCode === 'Warning' ? 'warning' : 'error',
      code: String(result.ResultMessageCode ?? 'unknown'),
      text: String(result.ResultDescription ?? 'Amazon states no reason.'),
    });
    results.set(id, known);
  }
  return results;
}

function member(value: JsonObject, name: string): JsonObject {
  const found = value[name];
  if (isJsonObject(found)) return found;
  throw unreadable(`the processing report of an order feed has no ${name}`);
}

function listOf(value: JsonValue | undefined): readonly JsonObject[] {
  if (isJsonArray(value)) return value.filter(isJsonObject);
  return isJsonObject(value) ? [value] : [];
}
