import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { PageOf } from '../../../api/paging.js';
import type { ListingLine } from '../../../api/shapes/listings.js';
import type {
  AttributeFills,
  Checked,
  Mapping,
  MappingEnvironment,
  MappingLine,
  Preview,
  TestReport,
  TextVersion,
} from '../../../api/shapes/mapping-types.js';
import { call, pathOf } from '../../app/call.js';

/** A text is tried out with every few letters: what was found out about older ones is not kept for long. */
const FORGOTTEN_MS = 30_000;

const of = (channel: string, rest: string): string => `${pathOf('/mappings', channel)}${rest}`;

/** The mapping of every channel. */
export const mappingsQuery = queryOptions({
  queryKey: ['mappings'],
  queryFn: async ({ signal }) =>
    (await call<{ items: readonly MappingLine[] }>('GET', '/mappings', { signal })).items,
});

/** What is published, and the draft. */
export function mappingQuery(channel: string) {
  return queryOptions({
    queryKey: ['mapping', channel],
    queryFn: ({ signal }) => call<Mapping>('GET', of(channel, ''), { signal }),
  });
}

/** Fields, functions, tables and attributes an editor offers. */
export function environmentQuery(channel: string) {
  return queryOptions({
    queryKey: ['environment', channel],
    queryFn: ({ signal }) => call<MappingEnvironment>('GET', pathOf('/environment', channel), { signal }),
    staleTime: 5 * 60_000,
  });
}

/** Everything found out about a text. What was said of the one before stays until the next answer. */
export function checkQuery(channel: string, text: string) {
  return queryOptions({
    queryKey: ['mapping', channel, 'check', text],
    queryFn: ({ signal }) => call<Checked>('POST', of(channel, '/check'), { body: { text }, signal }),
    placeholderData: keepPreviousData,
    gcTime: FORGOTTEN_MS,
  });
}

/** What a text makes of one SKU beside what is published. */
export function previewQuery(channel: string, sku: string | undefined, text: string) {
  return queryOptions({
    queryKey: ['mapping', channel, 'preview', sku, text],
    queryFn: ({ signal }) => call<Preview>('POST', of(channel, '/preview'), { body: { sku, text }, signal }),
    placeholderData: keepPreviousData,
    gcTime: FORGOTTEN_MS,
    enabled: sku !== undefined,
  });
}

/** SKUs to look at: those with issues, or all. */
export function skusQuery(channel: string, which: 'issues' | 'all') {
  const query = { channel, ...(which === 'issues' ? { state: 'blocked' } : {}) };
  return queryOptions({
    queryKey: ['listings', 'skus', query],
    queryFn: async ({ signal }) => {
      const { items } = await call<PageOf<ListingLine>>('GET', '/listings', { query, signal });
      return items.map(({ sku }) => sku);
    },
  });
}

/** How a text fills the channel's attributes over a sample. */
export function fillsQuery(channel: string, text: string) {
  return queryOptions({
    queryKey: ['mapping', channel, 'fills', text],
    queryFn: ({ signal }) =>
      call<AttributeFills>('POST', of(channel, '/attributes'), { body: { text }, signal }),
    placeholderData: keepPreviousData,
    gcTime: FORGOTTEN_MS,
    retry: false,
  });
}

/** How the tests end on a text. */
export function testsQuery(channel: string, text: string) {
  return queryOptions({
    queryKey: ['mapping', channel, 'tests', text],
    queryFn: ({ signal }) => call<TestReport>('POST', of(channel, '/tests/run'), { body: { text }, signal }),
    gcTime: FORGOTTEN_MS,
    retry: false,
  });
}

/** The test file. */
export function testFileQuery(channel: string) {
  return queryOptions({
    queryKey: ['mapping', channel, 'test-file'],
    queryFn: ({ signal }) =>
      call<{ text: string | null; version: number }>('GET', of(channel, '/tests'), { signal }),
  });
}

/** Who changed the mapping when. */
export function versionsQuery(channel: string) {
  return queryOptions({
    queryKey: ['mapping', channel, 'versions'],
    queryFn: async ({ signal }) =>
      (await call<{ items: readonly TextVersion[] }>('GET', of(channel, '/versions'), { signal })).items,
  });
}

/** The text of a version. */
export function versionTextQuery(channel: string, number: number) {
  return queryOptions({
    queryKey: ['mapping', channel, 'version', number],
    queryFn: async ({ signal }) =>
      (await call<{ text: string }>('GET', of(channel, `/versions/${number}`), { signal })).text,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What differs, in sentences; absent: what is published, 0: the draft. Null: only the lines can tell. */
export function sentencesQuery(channel: string, from: number | undefined, to: number | undefined) {
  return queryOptions({
    queryKey: ['mapping', channel, 'sentences', from, to],
    queryFn: async ({ signal }) => {
      const found = await call<{ sentences: readonly string[] | null }>('GET', of(channel, '/diff'), {
        query: { from, to },
        signal,
      });
      return found.sentences;
    },
    staleTime: 0,
  });
}
