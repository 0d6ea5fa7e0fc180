import type { JsonObject } from '../../../src/domain/json.js';
import type { Catalog } from './catalog.js';
import { GoogleRefusal, invalid } from './google-error.js';
import { type ReadFeed, readFeed } from './read-feed.js';

/** Files Google fetched for file data sources. */
export interface FileUploads {
  /** Fetches the file of a source now, as its schedule or a person would; processing takes its time. */
  fetch(source: JsonObject): void;
  /** The latest upload of a source. Throws the 404 when there was none. */
  latest(source: JsonObject): JsonObject;
}

interface Upload {
  readonly uploadTime: number;
  /** Null: under way. */
  outcome: ReadFeed | null;
  doneAt: number;
  created: number;
}

/** An account's fetches: real HTTP, so that what the merchant serves is what is read. */
export function fileUploads(world: {
  readonly catalog: Catalog;
  readonly processingMs: number;
  now(): number;
}): FileUploads {
  const uploads = new Map<string, Upload>();

  async function carryOut(name: string, source: JsonObject, upload: Upload): Promise<void> {
    const file = source.fileInput as JsonObject;
    const settings = file.fetchSettings as JsonObject;
    const outcome = await fetched(settings);
    upload.doneAt = world.now() + world.processingMs;
    upload.outcome = outcome;
    if (!outcome.readable) return;
    const primary = source.primaryProductDataSource as JsonObject;
    const { contentLanguage, feedLabel } = primary;
    const inputs = [...outcome.items.values()].map((item) => ({ ...item, contentLanguage, feedLabel }));
    upload.created = world.catalog.snapshot(name, inputs);
  }

  return {
    fetch(source) {
      const file = source.fileInput as JsonObject | undefined;
      if (file?.fetchSettings === undefined)
        throw invalid('name', 'Only data sources with a fetch schedule can be fetched.');
      const upload: Upload = { uploadTime: world.now(), outcome: null, doneAt: 0, created: 0 };
      const name = String(source.name);
      uploads.set(name, upload);
      void carryOut(name, source, upload);
    },
    latest(source) {
      const name = String(source.name);
      const upload = uploads.get(name);
      if (upload === undefined)
        throw new GoogleRefusal(404, '[name] The file upload was not found.', { FIELD_LOCATION: 'name' });
      const { outcome, uploadTime, doneAt, created } = upload;
      const common = {
        name: `${name}/fileUploads/latest`,
        dataSourceId: source.dataSourceId,
        uploadTime: new Date(uploadTime).toISOString(),
      };
      if (outcome === null || doneAt > world.now())
        return { ...common, processingState: 'IN_PROGRESS' } as JsonObject;
      return {
        ...common,
        processingState: outcome.readable ? 'SUCCEEDED' : 'FAILED',
        issues: outcome.issues,
        itemsTotal: String(outcome.items.size),
        itemsCreated: String(created),
        itemsUpdated: String(outcome.items.size - created),
      } as JsonObject;
    },
  };
}

async function fetched(settings: JsonObject): Promise<ReadFeed> {
  try {
    const { username, password } = settings;
    const pair = `${String(username)}:${String(password)}`;
    const answer = await fetch(String(settings.fetchUri), {
      headers:
        username === undefined ? {} : { authorization: `Basic ${Buffer.from(pair).toString('base64')}` },
    });
    if (!answer.ok) return failed(`The file could not be fetched: HTTP ${answer.status}`);
    return readFeed(Buffer.from(await answer.arrayBuffer()));
  } catch (error) {
    // Whatever keeps the file from being fetched is told in the upload, as Google tells it.
    return failed(`The file could not be fetched: ${error instanceof Error ? error.message : 'no answer'}`);
  }
}

function failed(description: string): ReadFeed {
  const issue = { code: 'fetch_failed', severity: 'ERROR', title: 'Fetch failed', description, count: '1' };
  return { items: new Map(), issues: [issue], readable: false };
}
