import type { Host } from '../../src/channel/connector.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { JsonObject } from '../../src/domain/json.js';
import type { MerchantClient } from './client.js';
import { createDataSource, getDataSource, listDataSources } from './data-source-calls.js';
import { ourDisplayName, unfitFor } from './data-source-rules.js';
import { failureClass } from './failure-table.js';
import { type GoogleSettings, type MarketKey, marketKey } from './settings.js';

/** The API data source our products live in. */
export interface DataSource {
  /**
   * Its full name; found or, when there is none of ours, created. Looked at again every ten minutes, so that a source somebody
   * deleted or changed is noticed before a batch is sent into it. Throws a ChannelError that stops the channel when the
   * operator named a source that cannot be used.
   */
  name(): Promise<string>;
  /** Its full name if it exists already; never creates one. */
  known(): Promise<string | null>;
  /** Google refused it: it is looked up again next time; `unusable`: and this one is not taken again. */
  forget(unusable: boolean): void;
  /** True when the operator named it. */
  readonly configured: boolean;
}

/** Where products of a source we make are shown, unless the settings say otherwise. */
export const DEFAULT_DESTINATIONS: readonly string[] = ['SHOPPING_ADS', 'FREE_LISTINGS'];

const VERIFIED_FOR_MS = 10 * 60_000;

/**
 * Finds the data source that carries our display name and fits the market; creates it otherwise. Sources of others are never taken
 * over unless the operator names them: writing to them would move their products (datasources v1, verified 2026-11-23).
 */
export function dataSource(client: MerchantClient, settings: GoogleSettings, host: Host): DataSource {
  const market = marketKey(settings, host.channel);
  const fixed = settings.dataSource === undefined ? null : client.dataSourceName(settings.dataSource);
  const unusable = new Set<string>();
  let verified: { readonly name: string; readonly atMs: number } | null = null;
  let underWay: Promise<string> | null = null;

  async function findOurs(): Promise<string | null> {
    const names = (await listDataSources(client))
      .filter((source) => source.displayName === ourDisplayName(market) && unfitFor(source, market) === null)
      .map((source) => String(source.name))
      .filter((name) => !unusable.has(name));
    // Two creators at once may have made two: everybody takes the same one.
    return names.sort()[0] ?? null;
  }

  async function find(): Promise<string> {
    if (fixed === null) return (await findOurs()) ?? createOurs(client, settings, host);
    const reason = unfitFor(await getDataSource(client, fixed), market);
    if (reason === null) return fixed;
    throw unfitSource(fixed, reason);
  }

  return {
    configured: fixed !== null,
    name() {
      const fresh = verified !== null && host.clock.monotonicMs() - verified.atMs < VERIFIED_FOR_MS;
      if (verified !== null && fresh) return Promise.resolve(verified.name);
      underWay ??= find()
        .then((name) => {
          verified = { name, atMs: host.clock.monotonicMs() };
          return name;
        })
        .finally(() => {
          underWay = null;
        });
      return underWay;
    },
    async known() {
      return fixed ?? verified?.name ?? (await findOurs());
    },
    forget(forGood) {
      if (forGood && verified !== null) unusable.add(verified.name);
      verified = null;
    },
  };
}

async function createOurs(client: MerchantClient, settings: GoogleSettings, host: Host): Promise<string> {
  const market = marketKey(settings, host.channel);
  const created = await createDataSource(client, newDataSource(market, settings, host.channel.country));
  host.log.info({ channel: host.channel.id, source: String(created.name) }, 'created a data source');
  return String(created.name);
}

/** A data source as we create it. Without destinations an account with local inventory was given a local-only source (2026-09). */
export function newDataSource(market: MarketKey, settings: GoogleSettings, country: string): JsonObject {
  return {
    displayName: ourDisplayName(market),
    primaryProductDataSource: {
      ...market,
      countries: [country],
      legacyLocal: false,
      destinations: (settings.destinations ?? DEFAULT_DESTINATIONS).map((destination) => ({
        destination,
        state: 'ENABLED',
      })),
    },
  };
}

function unfitSource(name: string, reason: string): ChannelError {
  const { code, kind, owner } = failureClass(400, 'data_source_not_api');
  return new ChannelError(`The data source ${name} cannot be used: ${reason}`, {
    code,
    kind,
    owner,
    advice:
      'Name an API data source of this market in the setting dataSource, or remove the setting so that Omnifeed keeps its own.',
  });
}
