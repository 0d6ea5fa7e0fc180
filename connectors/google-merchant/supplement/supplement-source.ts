import type { Host } from '../../../src/channel/connector.js';
import { ChannelError } from '../../../src/domain/errors.js';
import type { MerchantClient } from '../client.js';
import type { DataSource } from '../data-source.js';
import { createDataSource, getDataSource, listDataSources, patchDataSource } from '../data-source-calls.js';
import { failureClass } from '../failure-table.js';
import { type GoogleSettings, marketKey } from '../settings.js';
import { linkedRule, supplementDisplayName, unfitSupplement } from './supplement-rules.js';
import type { SupplementSettings } from './supplement-settings.js';

/** The data source some attributes go to. */
export interface Supplement {
  /** Names of the attributes it carries instead of the primary source. */
  readonly attributes: ReadonlySet<string>;
  /**
   * Its full name; found or created, and linked to the primary source. Looked at again every ten minutes. Throws a ChannelError
   * that stops the channel when the operator named a source that cannot be used.
   */
  name(): Promise<string>;
  /** Google refused it: it is looked up again next time. */
  forget(): void;
  /** True when the operator named it. */
  readonly configured: boolean;
}

/** What a supplement is kept with. */
export interface SupplementKeeper {
  readonly client: MerchantClient;
  readonly settings: GoogleSettings;
  readonly host: Host;
  readonly primary: DataSource;
}

const VERIFIED_FOR_MS = 10 * 60_000;

/** The supplement of the settings; null: there is none. A source of others is used only when the operator names it. */
export function supplement({ settings, ...keeper }: SupplementKeeper): Supplement | null {
  const wanted = settings.supplemental;
  if (wanted === undefined) return null;
  const { host } = keeper;
  let verified: { readonly name: string; readonly atMs: number } | null = null;
  let underWay: Promise<string> | null = null;

  async function find(own: SupplementSettings): Promise<string> {
    const name = await sourceName(own, { settings, ...keeper });
    await link(name, keeper);
    verified = { name, atMs: host.clock.monotonicMs() };
    return name;
  }

  return {
    attributes: new Set(wanted.attributes),
    configured: wanted.dataSource !== undefined,
    name() {
      if (verified !== null && host.clock.monotonicMs() - verified.atMs < VERIFIED_FOR_MS)
        return Promise.resolve(verified.name);
      underWay ??= find(wanted).finally(() => {
        underWay = null;
      });
      return underWay;
    },
    forget() {
      verified = null;
    },
  };
}

async function sourceName(
  wanted: SupplementSettings,
  { client, settings, host }: SupplementKeeper,
): Promise<string> {
  if (wanted.dataSource !== undefined) {
    const named = client.dataSourceName(wanted.dataSource);
    const reason = unfitSupplement(await getDataSource(client, named));
    if (reason !== null) throw unfitSource(named, reason);
    return named;
  }
  const displayName = supplementDisplayName(marketKey(settings, host.channel), wanted.name);
  const ours = (await listDataSources(client))
    .filter((source) => source.displayName === displayName && unfitSupplement(source) === null)
    .map((source) => String(source.name));
  // Two creators at once may have made two: everybody takes the same one.
  const [found] = ours.sort();
  if (found !== undefined) return found;
  const made = await createDataSource(client, { displayName, supplementalProductDataSource: {} });
  host.log.info(
    { channel: host.channel.id, source: String(made.name) },
    'created a supplemental data source',
  );
  return String(made.name);
}

/** Without the link Google takes the inputs and shows nothing of them. */
async function link(
  name: string,
  { client, host, primary }: Omit<SupplementKeeper, 'settings'>,
): Promise<void> {
  const source = await primary.name();
  const takeFromDataSources = linkedRule(await getDataSource(client, source), name);
  if (takeFromDataSources === null) return;
  await patchDataSource(client, source, {
    mask: 'primaryProductDataSource.defaultRule',
    body: { primaryProductDataSource: { defaultRule: { takeFromDataSources } } },
  });
  host.log.info(
    { channel: host.channel.id, source, supplement: name },
    'linked the supplemental data source',
  );
}

function unfitSource(name: string, reason: string): ChannelError {
  const { code, kind, owner } = failureClass(400, 'data_source_not_api');
  return new ChannelError(`The supplemental data source ${name} cannot be used: ${reason}`, {
    code,
    kind,
    owner,
    advice:
      'Name a supplemental API data source in the setting supplemental.dataSource, or remove it so that Omnifeed keeps its own.',
  });
}
