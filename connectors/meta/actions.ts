import type { ChannelAction } from '../../src/channel/channel-action.js';
import { isJsonObject, type JsonObject } from '../../src/domain/json.js';
import type { MetaClient } from './client.js';
import { saying } from './issues.js';

const NOTHING: JsonObject = { type: 'object', additionalProperties: false, properties: {} };

/** What an operator may ask Meta of a catalog by hand. Both only read. */
export function metaActions(client: MetaClient): Readonly<Record<string, ChannelAction>> {
  return {
    'event-match': {
      title: 'how many product ids in events of the last 28 days Meta found in the catalog',
      parameters: NOTHING,
      run: async () => eventMatch(await client.eventStats()),
    },
    'error-types': {
      title: 'every complaint Meta knows about items, in its words and a language of yours',
      parameters: {
        type: 'object',
        additionalProperties: false,
        properties: {
          locale: { type: 'string', pattern: '^[a-z]{2}_[A-Z]{2}$' },
          type: { type: 'string', pattern: '^[A-Z0-9_]+$' },
        },
      },
      run: async ({ locale = 'en_US', type }) => ({
        types: (await client.errorTypes(String(locale)))
          .filter(({ error_type: known }) => type === undefined || known === type)
          .map(typeTold),
      }),
    },
  };
}

/** Counts of one event of one pixel or app. A count Meta does not tell makes the sum unknown. */
interface Match {
  readonly source: string;
  readonly event: string;
  found: number;
  inOtherCatalogs: number;
  notFound: number;
}

/** Sums the days by source and event (ProductEventStat of the Marketing API, verified 2026-11-25). */
function eventMatch(days: readonly JsonObject[]): JsonObject {
  const matches = new Map<string, Match>();
  for (const day of days) {
    const from = isJsonObject(day.event_source) ? day.event_source : {};
    const [source, event] = [`${String(from.source_type)} ${String(from.id)}`, String(day.event)];
    const match = matches.get(`${source} ${event}`) ?? {
      source,
      event,
      found: 0,
      inOtherCatalogs: 0,
      notFound: 0,
    };
    match.found += countIn(day, 'total_matched_content_ids');
    match.inOtherCatalogs += countIn(day, 'total_content_ids_matched_other_catalogs');
    match.notFound += countIn(day, 'total_unmatched_content_ids');
    matches.set(`${source} ${event}`, match);
  }
  return {
    events: [...matches.values()].map(({ source, event, ...counts }) => ({
      source,
      event,
      ...Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, told(count)])),
    })),
    note:
      matches.size === 0
        ? 'Meta tells no events: none came, or the token’s system user has no access to the pixel or app.'
        : 'Ids that are not found are not SKUs of this catalog: such events help no ad. Only pixels and apps the system user has access to are told.',
  };
}

function countIn(day: JsonObject, name: string): number {
  const count = day[name];
  return typeof count === 'number' ? count : Number.NaN;
}

function told(count: number): number | string {
  return Number.isNaN(count) ? 'unknown' : count;
}

function typeTold(kind: JsonObject): JsonObject {
  return {
    type: String(kind.error_type),
    priority: String(kind.error_priority ?? ''),
    title: saying(String(kind.title ?? '')),
    description: saying(String(kind.description ?? '')),
    toDo: saying(String(kind.call_to_action ?? '')),
  };
}
