import type { Host } from '../../src/channel/connector.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { Issue } from '../../src/domain/issue.js';
import {
  aggregateStatuses,
  getAccount,
  getAutomaticImprovements,
  getHomepage,
  listAccountIssues,
  listPrograms,
} from './account-calls.js';
import { accountIssue, homepageIssues, improvementIssues, programIssues } from './account-verdicts.js';
import { disapprovalIssues } from './aggregate-verdicts.js';
import type { MerchantClient } from './client.js';
import { DEFAULT_DESTINATIONS } from './data-source.js';
import { getDataSource, listDataSources } from './data-source-calls.js';
import { enabledDestinations, ourDisplayName, unfitFor } from './data-source-rules.js';
import { lfpIssues } from './lfp/check-lfp.js';
import { type GoogleSettings, marketKey } from './settings.js';
import { supplementIssues } from './supplement/check-supplement.js';

/**
 * Looks at everything a person may have to put right before products are shown: access and registration, the homepage, the
 * programs, the data source, automatic improvements, issues of the account, disapproved products; for a provider, the merchant's stores. What cannot be read for want of a right is told and
 * does not hide the rest; a network or Google failure throws.
 */
export async function checkAccount(
  client: MerchantClient,
  settings: GoogleSettings,
  host: Host,
): Promise<readonly Issue[]> {
  const account = await attempt(() => getAccount(client));
  if (account.issue !== null) return [account.issue];
  const test = account.value?.testAccount === true;
  const wanted = settings.destinations ?? DEFAULT_DESTINATIONS;
  const parts: readonly (() => Promise<readonly Issue[]>)[] = [
    () => dataSourceIssues(client, settings, host),
    () => supplementIssues(client, settings, host),
    () => lfpIssues(client, settings, host.channel.country),
    async () => (test ? [] : homepageIssues(await getHomepage(client))),
    async () => programIssues(await listPrograms(client), { wanted, country: host.channel.country }),
    async () => improvementIssues(await getAutomaticImprovements(client)),
    async () => (await listAccountIssues(client)).map(accountIssue),
    async () => disapprovalIssues(await aggregateStatuses(client), host.channel.country),
  ];
  const issues: Issue[] = test ? [TEST_ACCOUNT] : [];
  for (const part of parts) {
    const found = await attempt(part);
    issues.push(...(found.issue === null ? (found.value ?? []) : [found.issue]));
  }
  host.log.info({ channel: host.channel.id, issues: issues.length }, 'checked the Merchant Center account');
  return issues;
}

const TEST_ACCOUNT: Issue = {
  severity: 'info',
  code: 'test_account',
  origin: 'channel',
  message: 'This is a test account: its products are approved by default and never shown',
};

/** A refusal becomes an issue; what says nothing about the account is thrown. */
async function attempt<Value>(
  work: () => Promise<Value>,
): Promise<{ readonly value: Value | null; readonly issue: Issue | null }> {
  try {
    return { value: await work(), issue: null };
  } catch (error) {
    if (!(error instanceof ChannelError) || (error.kind !== 'auth-lost' && error.kind !== 'refused'))
      throw error;
    const { code, message, advice } = error;
    return { value: null, issue: { severity: 'error', code, origin: 'channel', message, advice } };
  }
}

/** The source the operator named must fit; our own is only looked at, never made by a check. */
async function dataSourceIssues(
  client: MerchantClient,
  settings: GoogleSettings,
  host: Host,
): Promise<readonly Issue[]> {
  const market = marketKey(settings, host.channel);
  const named = settings.dataSource;
  const source =
    named === undefined
      ? (await listDataSources(client)).find((found) => found.displayName === ourDisplayName(market))
      : await getDataSource(client, client.dataSourceName(named));
  if (source === undefined) return [];
  const reason = unfitFor(source, market);
  if (reason !== null) {
    return [
      {
        severity: 'error',
        code: 'data_source_not_writable',
        origin: 'ours',
        message: `The data source ${String(source.displayName)} cannot be used: ${reason}`,
        advice: 'Name an API data source of this market, or remove the setting dataSource.',
      },
    ];
  }
  const enabled = enabledDestinations(source);
  const missing = (settings.destinations ?? DEFAULT_DESTINATIONS).filter((name) => !enabled.includes(name));
  if (missing.length === 0 || enabled.length === 0) return [];
  return [
    {
      severity: 'warning',
      code: 'destination_not_enabled',
      origin: 'channel',
      message: `The data source ${String(source.displayName)} does not show products in ${missing.join(', ')}`,
      advice:
        'Enable the destinations of the data source in Merchant Center, or change the setting destinations.',
    },
  ];
}
