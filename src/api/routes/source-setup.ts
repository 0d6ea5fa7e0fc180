import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { App } from '../../app.js';
import { lookAtTable } from '../../catalog/look-at-table.js';
import type { SourceConfig } from '../../config/config.js';
import { packageRoot } from '../../config/package-root.js';
import type { JsonObject } from '../../domain/json.js';
import { readUrl } from '../../domain/web-address.js';
import { addPart, changePart, dropPart, type StoredPart, storedParts } from '../../setup/stored-parts.js';
import { forgetUploads, keepUpload, uploadPath } from '../../setup/uploads.js';
import { previewSource } from '../preview-source.js';
import { Refusal } from '../problem.js';
import { bytes, type Call, nothing, route } from '../route.js';
import { changeable, refuseInFile, refuseMistakes, setupOf } from '../setup-view.js';
import { integer, type Of, object, text } from '../shape.js';
import { partId, setup, sourceLook, sourcePreview, sourceWish } from '../shapes/setup.js';

const params = object({ source: text(63) });
/** A look reads the start of a file only: whoever serves it slower is not waited for. */
const LOOK_MS = 30_000;
const MOST_UPLOAD_BYTES = 512 * 1024 * 1024;

/** Sources of products: files that people hand over, addresses and shops. */
export const sourceSetupRoutes = [
  route({
    method: 'POST',
    path: '/uploads',
    permission: 'sources:write',
    summary: 'Takes a file, for a source that is set up with it.',
    query: object({ name: text(200) }),
    body: bytes(MOST_UPLOAD_BYTES, 'application/octet-stream'),
    answer: object({ id: text(), bytes: integer() }),
    status: 201,
    limits: { perMinute: 30 },
    async handle(call) {
      const { app, body, query, now } = call;
      await forgetUploads(app.config, await storedParts(app.database), Date.parse(now));
      const kept = await keepUpload(app.config, body, query.name);
      call.note({ object: `upload ${kept.id}`, after: { bytes: kept.bytes } });
      return kept;
    },
  }),
  route({
    method: 'POST',
    path: '/uploads/example',
    permission: 'sources:write',
    summary: 'Takes the example shop that comes with Omnifeed, as if its file had been handed over.',
    answer: object({ id: text(), bytes: integer() }),
    status: 201,
    limits: { perMinute: 30 },
    async handle(call) {
      const { app } = call;
      const file = path.join(packageRoot(), 'examples', 'catalog.csv');
      const kept = await keepUpload(app.config, createReadStream(file), file);
      call.note({ object: `upload ${kept.id}`, after: { example: true } });
      return kept;
    },
  }),
  route({
    method: 'POST',
    path: '/sources/look',
    permission: 'sources:write',
    summary: 'Shows the first rows of a file as they are written, before anybody says what its columns mean.',
    body: sourceWish,
    answer: sourceLook,
    repeatable: true,
    limits: { perMinute: 60 },
    async handle({ app, body, signal }) {
      const source = await fileSource(app, body);
      return lookAtTable(source, { signal: AbortSignal.any([signal, AbortSignal.timeout(LOOK_MS)]) });
    },
  }),
  route({
    method: 'POST',
    path: '/sources/preview',
    permission: 'sources:write',
    summary: 'Reads a source as an import would, and changes nothing.',
    body: sourceWish,
    answer: sourcePreview,
    repeatable: true,
    limits: { perMinute: 60 },
    async handle({ app, body, signal }) {
      return previewSource(app, await fileSource(app, body), signal);
    },
  }),
  route({
    method: 'POST',
    path: '/sources',
    permission: 'sources:write',
    summary: 'Sets a source up; it is imported at once, and then every hour.',
    body: object({ id: partId, source: sourceWish }),
    answer: setup,
    status: 201,
    async handle(call) {
      const { app, body, now } = call;
      refuseInFile(app, 'sources', body.id);
      const part = { ...(await partOf(app, body.id, body.source)), changedAt: now, changedBy: by(call) };
      refuseMistakes((await app.tryPart(part)).mistakes, part);
      await addPart(app.database, part);
      await app.reload();
      await app.queue.wake('import', part.id);
      call.note({ object: `source ${part.id}`, after: part.body });
      return setupOf(app, 'sources', part.id);
    },
  }),
  route({
    method: 'GET',
    path: '/sources/:source/setup',
    permission: 'sources:read',
    summary: 'Shows how a source is set up.',
    params,
    answer: setup,
    handle: ({ app, params: at }) => setupOf(app, 'sources', at.source),
  }),
  route({
    method: 'PUT',
    path: '/sources/:source/setup',
    permission: 'sources:write',
    summary: 'Sets a source up anew: a newer file, another way of reading it. It is imported at once.',
    params,
    body: object({ revision: integer({ min: 1 }), source: sourceWish }),
    answer: setup,
    async handle(call) {
      const { app, params: at, body, now } = call;
      const before = await changeable(app, 'sources', at.source);
      const { body: values } = await partOf(app, before.id, body.source);
      const part = { ...before, body: values, revision: body.revision, changedAt: now, changedBy: by(call) };
      refuseMistakes((await app.tryPart(part)).mistakes, part);
      await changePart(app.database, part);
      await app.reload();
      await app.queue.wake('import', part.id);
      call.note({ object: `source ${part.id}`, before: before.body, after: part.body });
      return setupOf(app, 'sources', part.id);
    },
  }),
  route({
    method: 'DELETE',
    path: '/sources/:source/setup',
    permission: 'sources:write',
    summary:
      'Forgets how a source is read. Its products stay until another source has them, or they are taken out.',
    params,
    answer: nothing,
    async handle(call) {
      const { app, params: at } = call;
      const part = await changeable(app, 'sources', at.source);
      await dropPart(app.database, 'sources', part.id);
      await app.reload();
      call.note({ object: `source ${part.id}`, before: part.body });
      return undefined;
    },
  }),
  route({
    method: 'POST',
    path: '/sources/:source/imports',
    permission: 'sources:write',
    summary: 'Imports a source now.',
    params,
    answer: nothing,
    async handle(call) {
      const { app, params: at } = call;
      const { id } = app.source(at.source);
      call.note({ object: `source ${id}` });
      await app.queue.wake('import', id);
      return undefined;
    },
  }),
];

function by({ caller }: Pick<Call, 'caller'>): string {
  return caller?.name ?? 'operator';
}

/** The file or address a wish names, without being set up. Throws a Refusal (422) with every mistake, and for a shop. */
async function fileSource(app: App, wish: Of<typeof sourceWish>): Promise<SourceConfig> {
  const part = await partOf(app, 'preview', wish);
  const { mistakes, source } = await app.tryPart(part);
  refuseMistakes(mistakes, part);
  if (source === null || source.channel !== undefined)
    throw new Refusal(422, 'no_preview', 'A shop is read by its import only.', 'Set it up and import it.');
  return source;
}

async function partOf(app: App, id: string, wish: Of<typeof sourceWish>): Promise<StoredPart> {
  const { upload, url, ...rest } = wish;
  if (url !== undefined && readUrl(url) !== null && new URL(url).password !== '')
    throw new Refusal(
      422,
      'password_in_address',
      'The address holds a password.',
      'Write such a source into omnifeed.yaml, where the password can come from the environment.',
      [{ pointer: '/source/url', message: 'holds a password', advice: null }],
    );
  const given = Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== undefined),
  ) as JsonObject;
  const body = {
    ...given,
    ...(upload === undefined ? {} : { path: await uploadPath(app.config, upload) }),
    ...(url === undefined ? {} : { url }),
  };
  return {
    kind: 'sources',
    id,
    state: 'active',
    body,
    sealed: null,
    step: null,
    revision: 1,
    changedAt: '',
    changedBy: '',
  };
}
