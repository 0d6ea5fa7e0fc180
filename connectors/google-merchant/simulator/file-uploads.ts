import { isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import type { Catalog } from './catalog.js';
import { lastDue } from './fetch-schedule.js';
import { GoogleRefusal, invalid } from './google-error.js';
import { type FileMarket, type ReadFeed, readFeed } from './read-feed.js';

/** Files Google fetched for file data sources. */
export interface FileUploads {
  /**
   * Fetches the file of a source now because it was asked to. Throws the 429 when it was asked less than a day ago: fetching is
   * meant for about once a day (quotas, verified 2026-11-23).
   */
  fetch(source: JsonObject): void;
  /** Fetches what the schedules of the sources had fetched by now, each at most once since the last look. */
  keepSchedules(sources: readonly JsonObject[]): void;
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

const DAY_MS = 86_400_000;

/** An account's fetches: real HTTP, so that what the merchant serves is what is read. */
export function fileUploads(world: {
  readonly catalog: Catalog;
  readonly processingMs: number;
  now(): number;
}): FileUploads {
  const uploads = new Map<string, Upload>();
  const askedAt = new Map<string, number>();
  /** Up to when the schedule of a source was kept. */
  const keptTo = new Map<string, number>();

  function begin(source: JsonObject, settings: JsonObject, at: number): void {
    const upload: Upload = { uploadTime: at, outcome: null, doneAt: 0, created: 0 };
    uploads.set(String(source.name), upload);
    void carryOut(source, settings, upload);
  }

  async function carryOut(source: JsonObject, settings: JsonObject, upload: Upload): Promise<void> {
    const primary = source.primaryProductDataSource as unknown as FileMarket;
    const outcome = await fetched(settings, primary);
    upload.doneAt = world.now() + world.processingMs;
    if (outcome.readable)
      upload.created = world.catalog.snapshot(String(source.name), [...outcome.items.values()]);
    upload.outcome = outcome;
  }

  return {
    fetch(source) {
      const settings = settingsOf(source);
      if (settings === null) throw invalid('name', 'Only data sources with a fetch schedule can be fetched.');
      const name = String(source.name);
      const before = askedAt.get(name);
      if (before !== undefined && world.now() - before < DAY_MS)
        throw new GoogleRefusal(429, 'Quota exceeded: quota/daily_limit_exceeded', {
          REASON: 'QUOTA_DAILY_LIMIT_EXCEEDED',
        });
      askedAt.set(name, world.now());
      begin(source, settings, world.now());
    },
    keepSchedules(sources) {
      const now = world.now();
      for (const source of sources) {
        const settings = settingsOf(source);
        const name = String(source.name);
        const after = keptTo.get(name) ?? now;
        keptTo.set(name, now);
        const due = settings === null ? null : lastDue(settings, after, now);
        if (settings !== null && due !== null) begin(source, settings, due);
      }
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

/** Null: nothing of the source is fetched. */
function settingsOf({ fileInput }: JsonObject): JsonObject | null {
  return isJsonObject(fileInput) && isJsonObject(fileInput.fetchSettings) ? fileInput.fetchSettings : null;
}

async function fetched(settings: JsonObject, market: FileMarket): Promise<ReadFeed> {
  try {
    const { username, password } = settings;
    const pair = `${String(username)}:${String(password)}`;
    const answer = await fetch(String(settings.fetchUri), {
      headers:
        username === undefined ? {} : { authorization: `Basic ${Buffer.from(pair).toString('base64')}` },
    });
    if (!answer.ok) return failed(`The file could not be fetched: HTTP ${answer.status}`);
    return readFeed(Buffer.from(await answer.arrayBuffer()), market);
  } catch (error) {
    // Whatever keeps the file from being fetched is told in the upload, as Google tells it.
    return failed(`The file could not be fetched: ${error instanceof Error ? error.message : 'no answer'}`);
  }
}

function failed(description: string): ReadFeed {
  const issue = { code: 'fetch_failed', severity: 'ERROR', title: 'Fetch failed', description, count: '1' };
  return { items: new Map(), issues: [issue], readable: false };
}
