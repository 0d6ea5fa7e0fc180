import { importFrom } from '../../catalog/import-from.js';
import { listImports, listSetAside, showImport } from '../../views/import-list.js';
import { pageOf, paging } from '../paging.js';
import { noSuch, Refusal } from '../problem.js';
import { route } from '../route.js';
import { list, object, oneOf, optional, text } from '../shape.js';
import { importRow, setAsideRow, sourceRow } from '../shapes/sources.js';

const FIRST = { cursor: null, limit: 1 };

/** Where products come from, and what became of each import. */
export const sourceRoutes = [
  route({
    method: 'GET',
    path: '/sources',
    permission: 'sources:read',
    summary: 'Lists sources with their last import.',
    answer: object({ sources: list(sourceRow) }),
    async handle({ app }) {
      const sources = [];
      for (const { id, role, url, channel, format } of app.config.sources) {
        const [last] = (await listImports(app.database, id, FIRST)).items;
        const kind = channel === undefined ? (url === undefined ? 'file' : 'url') : 'shop';
        sources.push({ id, role, kind, format: format ?? null, lastImport: last ?? null } as const);
      }
      return { sources };
    },
  }),
  route({
    method: 'GET',
    path: '/sources/:source/imports',
    permission: 'sources:read',
    summary: 'Lists the imports of a source, the newest first.',
    params: object({ source: text(200) }),
    query: object({ ...paging }),
    answer: pageOf(importRow),
    async handle({ app, params, query }) {
      const { cursor = null, limit = 50 } = query;
      const page = await listImports(app.database, app.source(params.source).id, { cursor, limit });
      return { ...page, previous: null, total: null };
    },
  }),
  route({
    method: 'GET',
    path: '/sources/:source/imports/:import',
    permission: 'sources:read',
    summary: 'Shows one import with its numbers and what was detected about the file.',
    params: object({ source: text(200), import: text(100) }),
    answer: importRow,
    async handle({ app, params }) {
      const found = await showImport(app.database, params.source, params.import);
      if (found === null) throw noSuch('import', params.import);
      return found;
    },
  }),
  route({
    method: 'POST',
    path: '/sources/:source/imports/:import/release',
    permission: 'sources:write',
    summary:
      'Lets an import through that was held: the source is read again, and must say exactly what was seen.',
    params: object({ source: text(200), import: text(100) }),
    answer: importRow,
    async handle(call) {
      const { app, params, caller } = call;
      const source = app.source(params.source);
      const found = await showImport(app.database, source.id, params.import);
      if (found === null) throw noSuch('import', params.import);
      const { checksum } = found.facts;
      if (found.state !== 'held' || typeof checksum !== 'string')
        throw new Refusal(409, 'not_held', 'This import is not held.', 'Look at the newest one.');
      call.note({ object: `source ${source.id}`, after: { checksum } });
      const actor = caller?.name ?? 'operator';
      // Not aborted when the browser leaves: half an import is none, but a person who pressed expects it done.
      const { importId } = await importFrom(app, { source, actor, force: checksum, signal: app.signal });
      for (const channel of app.config.channels) await app.queue.wake('reconcile', channel.id);
      const after = await showImport(app.database, source.id, importId);
      if (after === null) throw noSuch('import', importId);
      return after;
    },
  }),
  route({
    method: 'GET',
    path: '/sources/:source/imports/:import/rows',
    permission: 'sources:read',
    summary: 'Lists rows that were set aside, or taken with a doubt, in the order of the file.',
    params: object({ source: text(200), import: text(100) }),
    query: object({ ...paging, severity: optional(oneOf('error', 'warning')) }),
    answer: pageOf(setAsideRow),
    async handle({ app, params, query }) {
      const { cursor = null, limit = 50, severity = null } = query;
      if ((await showImport(app.database, params.source, params.import)) === null)
        throw noSuch('import', params.import);
      const page = await listSetAside(app.database, params.import, severity, { cursor, limit });
      return { ...page, previous: null, total: null };
    },
  }),
];
