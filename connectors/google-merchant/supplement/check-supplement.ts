import type { Host } from '../../../src/channel/connector.js';
import type { Issue } from '../../../src/domain/issue.js';
import type { MerchantClient } from '../client.js';
import { listDataSources } from '../data-source-calls.js';
import { ourDisplayName } from '../data-source-rules.js';
import { type GoogleSettings, marketKey } from '../settings.js';
import { linkedRule, supplementDisplayName, unfitSupplement } from './supplement-rules.js';

/** What an operator should know of the supplemental data source. Only looked at; the next sync makes and links it. */
export async function supplementIssues(
  client: MerchantClient,
  settings: GoogleSettings,
  host: Host,
): Promise<readonly Issue[]> {
  const wanted = settings.supplemental;
  if (wanted === undefined) return [];
  const market = marketKey(settings, host.channel);
  const sources = await listDataSources(client);
  const named = wanted.dataSource === undefined ? null : client.dataSourceName(wanted.dataSource);
  const source = sources.find((found) =>
    named === null ? found.displayName === supplementDisplayName(market, wanted.name) : found.name === named,
  );
  if (source === undefined) return named === null ? [] : [unusable(named, 'it does not exist')];
  const reason = unfitSupplement(source);
  if (reason !== null) return [unusable(String(source.displayName), reason)];
  const own = settings.dataSource === undefined ? null : client.dataSourceName(settings.dataSource);
  const primary = sources.find((found) =>
    own === null ? found.displayName === ourDisplayName(market) : found.name === own,
  );
  if (primary === undefined || linkedRule(primary, String(source.name)) === null) return [];
  return [
    {
      severity: 'warning',
      code: 'supplement_not_linked',
      origin: 'channel',
      message: `The data source ${String(primary.displayName)} does not take anything from ${String(source.displayName)}`,
      advice: 'The next sync links it again. Ask who took it out of the default rule in Merchant Center.',
    },
  ];
}

function unusable(which: string, reason: string): Issue {
  return {
    severity: 'error',
    code: 'data_source_not_writable',
    origin: 'ours',
    message: `The supplemental data source ${which} cannot be used: ${reason}`,
    advice: 'Name a supplemental API data source in supplemental.dataSource, or remove it there.',
  };
}
