import { acceptSuggestions, categoryMapping, saveTaxonomy } from '../../workbench/category-report.js';
import { mappingEnvironment } from '../../workbench/environment.js';
import { lookupDiff, lookupSheet, lookupVersions, saveLookup } from '../../workbench/lookup-tables.js';
import { authorOf, expectedOf, saving, wakeAll } from '../mapping-calls.js';
import { bytes, route } from '../route.js';
import { described, integer, list, object, optional, real, text } from '../shape.js';
import {
  categoryMapping as categoryShape,
  lookupDiff as diffShape,
  environment,
  lookupSheet as sheetShape,
  textVersion,
} from '../shapes/mappings.js';

const params = object({ channel: text(100) });
const tableParams = object({ channel: text(100), name: text(100) });
const csv = text(4_000_000);
const limits = { bodyBytes: 8_388_608 };
const look = {
  table: described(optional(text(100)), 'Lookup table of the mapping; default `google-category`.'),
  minScore: described(optional(real()), 'Suggestions from this score on are taken, 0 to 1; default 0.7.'),
};

function lookOf({
  table,
  minScore,
}: {
  readonly table?: string | undefined;
  readonly minScore?: number | undefined;
}) {
  return { table: table ?? 'google-category', minScore: Math.min(1, Math.max(0, minScore ?? 0.7)) };
}

/** What mappings are made with: fields and functions, lookup tables, categories. */
export const mappingTableRoutes = [
  route({
    method: 'GET',
    path: '/environment/:channel',
    permission: 'mappings:read',
    summary:
      'Answers everything an editor of the channel’s mapping can offer: fields with fill rates, functions, attributes.',
    params,
    query: object({ kind: described(optional(text(200)), 'Kind of listing, where the channel has kinds.') }),
    answer: environment,
    async handle({ app, params, query }) {
      return mappingEnvironment(await app.mappingDesk(params.channel), query.kind ?? null);
    },
  }),
  route({
    method: 'GET',
    path: '/mappings/:channel/lookups/:name',
    permission: 'mappings:read',
    summary: 'Answers a lookup table with the keys that were asked for in vain.',
    params: tableParams,
    answer: sheetShape,
    async handle({ app, params, setHeader }) {
      const sheet = await lookupSheet(await app.mappingDesk(params.channel), params.name);
      setHeader('etag', `"${sheet.version}"`);
      return sheet;
    },
  }),
  route({
    method: 'POST',
    path: '/mappings/:channel/lookups/:name/diff',
    permission: 'mappings:read',
    summary: 'Tells what saving a CSV text would change in a lookup table.',
    params: tableParams,
    body: object({ csv }),
    limits,
    repeatable: true,
    answer: diffShape,
    async handle({ app, params, body }) {
      return lookupDiff(await app.mappingDesk(params.channel), params.name, body.csv);
    },
  }),
  route({
    method: 'PUT',
    path: '/mappings/:channel/lookups/:name',
    permission: 'mappings:write',
    summary: 'Saves a lookup table; `If-Match` names the version it began from.',
    params: tableParams,
    body: object({ csv, comment: optional(text(2_000)) }),
    limits,
    answer: object({ version: integer() }),
    async handle({ app, params, body, headers, caller, note }) {
      const desk = await app.mappingDesk(params.channel);
      const save = {
        csv: body.csv,
        expected: expectedOf(headers),
        by: authorOf(caller),
        comment: body.comment ?? 'table edited',
      };
      const version = await saving(() => saveLookup(desk, params.name, save));
      await wakeAll(app);
      note({ object: `lookup table ${params.name}`, after: { version } });
      return { version };
    },
  }),
  route({
    method: 'GET',
    path: '/mappings/:channel/lookups/:name/versions',
    permission: 'mappings:read',
    summary: 'Lists who changed a lookup table when, newest first.',
    params: tableParams,
    answer: object({ items: list(textVersion) }),
    async handle({ app, params }) {
      return { items: await lookupVersions(await app.mappingDesk(params.channel), params.name, 100) };
    },
  }),
  route({
    method: 'GET',
    path: '/categories/:channel',
    permission: 'mappings:read',
    summary:
      'Answers your categories beside the channel’s, with suggestions and how many products are covered.',
    params,
    query: object(look),
    answer: categoryShape,
    async handle({ app, params, query }) {
      return categoryMapping(await app.mappingDesk(params.channel), lookOf(query));
    },
  }),
  route({
    method: 'PUT',
    path: '/categories/:channel/taxonomy',
    permission: 'mappings:write',
    summary: 'Keeps the taxonomy file that was downloaded from the channel.',
    params,
    body: bytes(16_000_000, 'text/plain'),
    answer: object({ categories: integer() }),
    async handle({ app, params, body, caller, note }) {
      const chunks: Buffer[] = [];
      for await (const chunk of body) chunks.push(chunk as Buffer);
      const desk = await app.mappingDesk(params.channel);
      const categories = await saveTaxonomy(desk, Buffer.concat(chunks).toString('utf8'), authorOf(caller));
      note({ object: `taxonomy of ${params.channel}`, after: { categories } });
      return { categories };
    },
  }),
  route({
    method: 'POST',
    path: '/categories/:channel/accept',
    permission: 'mappings:write',
    summary: 'Takes over every suggestion from a score on; the lookup table’s versions take it back.',
    params,
    body: object(look),
    answer: object({ added: integer(), version: integer() }),
    async handle({ app, params, body, caller, note }) {
      const desk = await app.mappingDesk(params.channel);
      const accepted = await saving(() => acceptSuggestions(desk, lookOf(body), authorOf(caller)));
      await wakeAll(app);
      note({ object: `lookup table ${lookOf(body).table}`, after: accepted });
      return accepted;
    },
  }),
];
