import { catalogIssue } from '../../../src/channel/catalog-audit.js';
import type { Host } from '../../../src/channel/connector.js';
import type {
  CommittedFeed,
  FeedPort,
  FeedReport,
  FeedVerdict,
  FeedWriter,
} from '../../../src/channel/feed-port.js';
import { ChannelError } from '../../../src/domain/errors.js';
import { epochMs } from '../../../src/domain/instant.js';
import { catalogAudit } from '../audit/whole-catalog.js';
import type { MerchantClient } from '../client.js';
import { writeFeed } from '../feed/write-feed.js';
import { productStatus, rejectionReasons } from '../product-status.js';
import { offerIdOfView, statusOfView } from '../product-view.js';
import { disapprovedViews } from '../report-calls.js';
import { type GoogleSettings, marketKey } from '../settings.js';
import { fetchNow, latestUpload } from './file-calls.js';
import { ensureFileSources, ourFileSources } from './file-sources.js';
import { NOT_FETCHED, type UploadState, uploadState } from './upload-state.js';

const HOUR_MS = 3_600_000;
/** Google is asked to fetch at once only when the last fetch is this old; otherwise its schedule comes soon enough. */
const FETCH_AFTER_MS = 24 * HOUR_MS;
/** A daily fetch that did not happen by then will not happen by itself. */
const GIVEN_UP_AFTER_MS = 30 * HOUR_MS;
/** By then the report has come or has given up; a file written anew before would put off the report of the one Google just fetched. */
const PATIENCE_MS = GIVEN_UP_AFTER_MS + 6 * HOUR_MS;

/** Whole files that Google fetches, as the alternative to single changes. */
export function filePort(client: MerchantClient, settings: GoogleSettings, host: Host): FeedPort {
  return {
    patienceMs: PATIENCE_MS,
    begin: (key) => begin(client, settings, host, key),
    report: (written, cursor) => report({ client, settings, host }, written, cursor),
  };
}

/** The data sources are verified before anything is written: a file that nobody fetches helps nobody. */
async function begin(
  client: MerchantClient,
  settings: GoogleSettings,
  host: Host,
  key: string,
): Promise<FeedWriter> {
  const sources = await ensureFileSources(client, settings, host);
  const market = marketKey(settings, host.channel);
  const files = {
    file: settings.feedPath ?? '',
    format: settings.feedFormat ?? 'rss',
    gzip: settings.feedGzip ?? true,
    parts: settings.feedParts ?? 1,
    title: `Products ${market.contentLanguage}/${market.feedLabel}`,
    link: settings.homepage ?? null,
  };
  const writer = await writeFeed(files, key, host);
  const seen = catalogAudit();
  return {
    ...writer,
    async write(listings) {
      for (const { sku, attributes } of listings) seen.add(sku, attributes);
      await writer.write(listings);
    },
    async commit() {
      const written = await writer.commit();
      if (!seen.complete())
        host.log.info({ channel: host.channel.id }, 'catalog is too large for all catalog rules');
      // The files are switched: whatever Google answers now, its schedule fetches them.
      await askToFetch(client, sources, host);
      return { ...written, issues: seen.findings().map(catalogIssue) };
    },
  };
}

async function askToFetch(client: MerchantClient, sources: readonly string[], host: Host): Promise<void> {
  try {
    for (const source of sources) {
      const upload = await latestUpload(client, source);
      const at = upload === null ? 0 : Date.parse(String(upload.uploadTime));
      if (epochMs(host.clock.now()) - at > FETCH_AFTER_MS) await fetchNow(client, source);
    }
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    host.log.warn(
      { channel: host.channel.id, code: error.code },
      'Google was not asked to fetch the file now',
    );
  }
}

interface Reporting {
  readonly client: MerchantClient;
  readonly settings: GoogleSettings;
  readonly host: Host;
}

/** The latest uploads of all files; when they are through, every product Google disapproved. */
async function report(
  { client, settings, host }: Reporting,
  written: CommittedFeed,
  cursor: string | null,
): Promise<FeedReport> {
  const states: UploadState[] = [];
  for (const source of (await ourFileSources(client, settings, host)).values())
    states.push(uploadState(await latestUpload(client, String(source.name)), written.committedAt));
  const issues = states.flatMap((state) => state.issues);
  const items = states.reduce((sum, state) => sum + (state.items ?? 0), 0);
  const whole = { document: null, verdicts: [], unnamed: 'taken', issues, next: null } as const;
  if (states.some(({ state }) => state === 'failed')) return { ...whole, state: 'failed', items: null };
  if (states.length === 0 || states.some(({ state }) => state === 'pending')) {
    const waitedMs = epochMs(host.clock.now()) - epochMs(written.committedAt);
    if (waitedMs > GIVEN_UP_AFTER_MS)
      return { ...whole, state: 'failed', items: null, issues: [...issues, NOT_FETCHED] };
    const fetching = states.some((state) => state.fetched);
    return { ...whole, state: 'pending', items: null, againInMs: fetching ? 5 * 60_000 : HOUR_MS };
  }
  const page = await disapprovedViews(client, marketKey(settings, host.channel), cursor);
  const verdicts = page.views.flatMap((view): FeedVerdict[] => {
    const sku = offerIdOfView(view);
    const status = productStatus(statusOfView(view), host.channel.country);
    if (sku === null || status.state !== 'rejected') return [];
    return [{ sku, outcome: 'rejected', issues: rejectionReasons(status.issues) }];
  });
  return { ...whole, state: 'done', items, verdicts, next: page.next };
}
