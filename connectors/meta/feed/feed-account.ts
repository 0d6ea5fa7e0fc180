import type { ChannelFacts } from '../../../src/domain/channel-facts.js';
import { ChannelError } from '../../../src/domain/errors.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import type { FeedClient } from './feed-client.js';
import type { Override } from './feed-place.js';
import { variantName, variantUrl } from './feed-place.js';
import type { FeedSettings } from './feed-settings.js';

/** The feed a document belongs to, as it should stand at Meta. */
export interface WantedFeed {
  readonly name: string;
  readonly facts: JsonObject;
}

/** Name of the main feed. By it our own feeds are known, so it should not be changed in Commerce Manager. */
export function feedName(settings: FeedSettings, channel: ChannelFacts): string {
  return settings.name ?? `Omnifeed ${channel.id}`;
}

/** How the feed of a document should stand: owner of its items, supplement, or values for one language or country. Pure. */
export function wantedFeed(
  settings: FeedSettings,
  channel: ChannelFacts,
  override: Override | null,
): WantedFeed {
  const name = feedName(settings, channel);
  const common = {
    default_currency: channel.currency,
    ...(settings.schedule === undefined ? {} : { schedule: scheduleOf(settings, channel, override) }),
  };
  if (override !== null) {
    const own = { override_type: override.type, override_value: override.value };
    return { name: variantName(name, override), facts: { ...common, ...own } };
  }
  if (settings.supplements !== undefined)
    return {
      name,
      facts: {
        ...common,
        ingestion_source_type: 'SUPPLEMENTARY_FEED',
        primary_feed_ids: settings.supplements,
      },
    };
  return { name, facts: { ...common, ingestion_source_type: 'PRIMARY_FEED', deletion_enabled: true } };
}

function scheduleOf(settings: FeedSettings, channel: ChannelFacts, override: Override | null): JsonObject {
  const { schedule, url = '', username, password } = settings;
  return {
    interval: 'DAILY',
    hour: schedule?.hour ?? 0,
    minute: schedule?.minute ?? 0,
    timezone: channel.zone,
    url: override === null ? url : variantUrl(url, override),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  };
}

/** Facts of a feed that Meta fixes when it is created. */
const FIXED = ['ingestion_source_type', 'override_type', 'override_value'] as const;

/**
 * Finds the feed by its name, creates it when it is not there, and brings schedule and deletion into order. Answers its id. Throws
 * ChannelError `feed_not_ours` when a feed of the name is of another kind, or there are several: whose items they are cannot be told then.
 */
export async function ensureFeed(client: FeedClient, wanted: WantedFeed): Promise<string> {
  const named = (await client.feeds()).filter((feed) => feed.name === wanted.name);
  if (named.length > 1)
    throw feedFault(`There are ${named.length} feeds named "${wanted.name}" in the catalog`);
  const [feed] = named;
  if (feed === undefined) return client.createFeed({ name: wanted.name, ...wanted.facts });
  const id = String(feed.id);
  const other = FIXED.find((name) => differs(feed[name], wanted.facts[name]));
  if (other !== undefined)
    throw feedFault(`The feed "${wanted.name}" (${id}) is of another kind: its ${other} differs`);
  const changes = Object.entries(wanted.facts).filter(
    ([name, value]) =>
      (name === 'schedule' && !sameSchedule(feed.schedule, value)) ||
      (name === 'deletion_enabled' && feed.deletion_enabled !== undefined && feed.deletion_enabled !== value),
  );
  if (changes.length > 0) await client.updateFeed(id, Object.fromEntries(changes));
  return id;
}

/** Facts Meta does not tell prove nothing. */
function differs(told: JsonObject[string], wanted: JsonObject[string]): boolean {
  return told !== undefined && told !== null && wanted !== undefined && told !== wanted;
}

/** Meta never tells the password, so it does not count. */
function sameSchedule(told: JsonObject[string], wanted: JsonObject[string]): boolean {
  if (!isJsonObject(told) || !isJsonObject(wanted)) return false;
  return Object.entries(wanted).every(
    ([name, value]) => name === 'password' || String(told[name] ?? '') === String(value),
  );
}

/** Rules made in Commerce Manager that rewrite columns we send, by attribute. */
export async function rewrittenColumns(client: FeedClient, feedId: string): Promise<readonly string[]> {
  const rules = await client.rules(feedId);
  return rules.flatMap(({ attribute }) =>
    typeof attribute === 'string' ? [attribute] : isJsonArray(attribute) ? attribute.map(String) : [],
  );
}

function feedFault(message: string): ChannelError {
  return new ChannelError(message, {
    code: 'feed_not_ours',
    kind: 'refused',
    owner: 'operator',
    advice: 'Rename that feed in Commerce Manager, or give the channel another feed name in its settings.',
  });
}
