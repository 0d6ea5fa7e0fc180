import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type CatalogAudit, catalogIssue } from '../../../src/channel/catalog-audit.js';
import type { Host } from '../../../src/channel/connector.js';
import type { FeedPort, FeedWriter, WrittenFeed } from '../../../src/channel/feed-port.js';
import { ChannelError } from '../../../src/domain/errors.js';
import type { Issue } from '../../../src/domain/issue.js';
import { type ChangeAudit, changeAudit } from '../audit/since-last-file.js';
import { catalogAudit } from '../audit/whole-catalog.js';
import { ensureFeed, rewrittenColumns, wantedFeed } from './feed-account.js';
import type { FeedClient, UploadContent } from './feed-client.js';
import { beginDocuments, type WrittenDocument } from './feed-documents.js';
import { variantUrl } from './feed-place.js';
import type { FeedSettings } from './feed-settings.js';
import { keepMarks, readMarks } from './listing-marks.js';
import { reportOf, SCHEDULED } from './upload-report.js';

/** Largest file sent along; our own bound, because it is held in memory once. Larger ones are fetched by Meta. */
const MOST_BYTES_SENT = 60_000_000;
const ALARM_SHARE = 0.1;

/**
 * The daily file that heals drift: everything desired, as a replace upload of a feed of our own. Meta deletes only what that feed
 * owns, so items created by batch are listed in it too and become its own.
 */
export function feedPort(settings: FeedSettings, client: FeedClient, host: Host): FeedPort {
  return {
    begin: (key) => begin({ settings, client, host }, key),
    report(written, cursor) {
      const alarmShare = settings.alarmShare ?? ALARM_SHARE;
      return reportOf(written, cursor, { client, now: host.clock.now(), alarmShare });
    },
  };
}

interface Desk {
  readonly settings: FeedSettings;
  readonly client: FeedClient;
  readonly host: Host;
}

async function begin(desk: Desk, key: string): Promise<FeedWriter> {
  const documents = await beginDocuments(desk.settings, key);
  const seen = {
    catalog: catalogAudit(),
    changes: changeAudit(await readMarks(desk.settings.path).catch(unmarked(desk))),
  };
  return {
    async write(listings) {
      desk.host.signal.throwIfAborted();
      for (const { sku, attributes } of listings) {
        seen.catalog.add(sku, attributes);
        seen.changes.add(sku, attributes);
      }
      await documents.write(listings);
    },
    async commit() {
      desk.host.signal.throwIfAborted();
      return handOver(desk, await documents.commit(), seen);
    },
    abort: () => documents.abort(),
  };
}

/** Every file to its feed: the items first, because languages and countries need items that are there. */
async function handOver(
  desk: Desk,
  written: readonly WrittenDocument[],
  seen: { readonly catalog: CatalogAudit; readonly changes: ChangeAudit },
): Promise<WrittenFeed> {
  const { settings, client, host } = desk;
  const names: string[] = [];
  const issues: Issue[] = [...seen.catalog.findings(), ...seen.changes.findings()].map(catalogIssue);
  for (const document of written) {
    const feedId = await ensureFeed(client, wantedFeed(settings, host.channel, document.override));
    names.push(
      settings.schedule === undefined
        ? await client.upload(feedId, await contentOf(settings, document), false)
        : `${SCHEDULED}${feedId}`,
    );
    const rewritten = await rewrittenColumns(client, feedId);
    if (rewritten.length > 0) issues.push(rulesIssue(rewritten));
  }
  const marks = seen.changes.marks();
  await keepMarks(settings.path, marks).catch(unmarked(desk));
  if (!seen.catalog.complete() || marks === null)
    host.log.info({ channel: host.channel.id }, 'catalog is too large for all catalog rules');
  return {
    items: written[0]?.items ?? 0,
    bytes: written.reduce((sum, { bytes }) => sum + bytes, 0),
    location: settings.url ?? settings.path,
    document: names.join(' '),
    issues,
  };
}

/** What is only remembered for a comparison never stops a file. */
function unmarked({ host }: Desk): (error: unknown) => null {
  return (error) => {
    host.log.warn({ channel: host.channel.id }, `daily files are not compared: ${String(error)}`);
    return null;
  };
}

async function contentOf(settings: FeedSettings, document: WrittenDocument): Promise<UploadContent> {
  const { url, username, password } = settings;
  if (url !== undefined)
    return {
      url: document.override === null ? url : variantUrl(url, document.override),
      ...(username === undefined || password === undefined ? {} : { username, password }),
    };
  if (document.bytes > MOST_BYTES_SENT)
    throw new ChannelError(
      `The daily file has ${document.bytes} bytes; ${MOST_BYTES_SENT} can be sent along`,
      {
        code: 'feed_too_large',
        kind: 'not-sent',
        owner: 'operator',
        advice: 'Serve the file with your web server and give its address as `feed.url`.',
      },
    );
  return { file: await readFile(document.path), name: path.basename(document.path) };
}

function rulesIssue(columns: readonly string[]): Issue {
  return {
    severity: 'warning',
    code: 'feed_rules',
    origin: 'channel',
    message: `Rules in Commerce Manager rewrite ${columns.slice(0, 10).join(', ')} of the daily file.`,
    advice: 'Take the rules away and do the same in the mapping, or items will look changed by hand.',
  };
}
