import type { ChannelAction } from '../../src/channel/channel-action.js';
import { isJsonObject, type JsonObject } from '../../src/domain/json.js';
import type { MetaClient } from './client.js';
import { saying } from './issues.js';

const NOTHING: JsonObject = { type: 'object', additionalProperties: false, properties: {} };

/** What an operator may ask of a catalog by hand. Only `link-events` changes anything. */
export function metaActions(client: MetaClient): Readonly<Record<string, ChannelAction>> {
  return {
    'event-match': {
      title: 'how many product ids in events of the last 28 days Meta found in the catalog',
      parameters: NOTHING,
      run: async () => eventMatch(await client.eventStats()),
    },
    'event-sources': {
      title: 'lists the pixels and apps whose events count for the catalog',
      parameters: NOTHING,
      run: async () => ({ sources: (await client.eventSources()).map(sourceTold) }),
    },
    'link-events': {
      title: 'lets the events of a pixel or app count for the catalog',
      parameters: {
        type: 'object',
        additionalProperties: false,
        required: ['source'],
        properties: { source: { type: 'string', pattern: '^\\d+$' } },
      },
      run: ({ source }) => linkEvents(client, String(source)),
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

/** Meta does not say whether the list that is sent adds to the linked ones or takes their place: it names them all. */
async function linkEvents(client: MetaClient, source: string): Promise<JsonObject> {
  const known = (await client.eventSources()).map(({ id }) => String(id));
  if (known.includes(source)) return { linked: source, changed: false };
  await client.linkEventSources([...known, source]);
  return { linked: source, changed: true };
}

function sourceTold({ id, name, source_type: kind }: JsonObject): JsonObject {
  return { id: String(id), name: String(name ?? ''), kind: String(kind ?? '') };
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
        ? 'Meta tells no events: none came, the pixel or app is not linked to the catalog, or the token’s system user has no access to it.'
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
