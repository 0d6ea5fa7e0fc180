import type { Host } from '../../src/channel/connector.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { Issue } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject } from '../../src/domain/json.js';
import type { MerchantClient } from './client.js';
import type { GoogleSettings } from './settings.js';

/**
 * Reads the data sources (needs token, registration and access) and the account's critical issues. What the operator must put
 * right comes back as issues; a network or Google failure throws.
 */
export async function checkAccount(
  client: MerchantClient,
  settings: GoogleSettings,
  host: Host,
): Promise<readonly Issue[]> {
  try {
    const issues = [...(await dataSourceIssues(client, settings)), ...(await accountIssues(client))];
    host.log.info({ channel: host.channel.id, issues: issues.length }, 'checked the Merchant Center account');
    return issues;
  } catch (error) {
    if (!(error instanceof ChannelError) || (error.kind !== 'auth-lost' && error.kind !== 'refused'))
      throw error;
    return [
      {
        severity: 'error',
        code: error.code,
        origin: 'channel',
        message: error.message,
        advice: error.advice,
      },
    ];
  }
}

async function dataSourceIssues(client: MerchantClient, settings: GoogleSettings): Promise<readonly Issue[]> {
  if (settings.dataSource === undefined) {
    await client.listDataSources(null);
    return [];
  }
  const source = await client.getDataSource(client.dataSourceName(settings.dataSource));
  if (source.input === 'API' && isJsonObject(source.primaryProductDataSource)) return [];
  return [
    {
      severity: 'error',
      code: 'data_source_not_writable',
      origin: 'ours',
      message: `Data source ${settings.dataSource} is not a primary product source that takes API calls.`,
      advice: 'Name an API data source, or remove the setting dataSource so that Omnifeed keeps its own.',
    },
  ];
}

/** Critical issues are as good as a suspension (accounts.issues, verified 2026-11-23). */
async function accountIssues(client: MerchantClient): Promise<readonly Issue[]> {
  const page = await client.listAccountIssues();
  const issues = isJsonArray(page.accountIssues) ? page.accountIssues.filter(isJsonObject) : [];
  return issues.map((issue) => ({
    severity: issue.severity === 'CRITICAL' ? 'error' : issue.severity === 'ERROR' ? 'warning' : 'info',
    code: 'account_issue',
    origin: 'channel' as const,
    message: String(issue.title ?? 'Google reports an issue with the account.'),
    ...(typeof issue.detail === 'string' ? { advice: issue.detail } : {}),
    ...(typeof issue.documentationUri === 'string' ? { link: issue.documentationUri } : {}),
  }));
}
