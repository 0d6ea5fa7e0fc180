import type { Instant } from '../../src/domain/instant.js';
import type { Issue } from '../../src/domain/issue.js';
import { tokenIssues } from './auth.js';
import type { MetaClient } from './client.js';

/** Token, permissions, and that the catalog is one we may write to. */
export async function checkAccount(client: MetaClient, now: Instant): Promise<readonly Issue[]> {
  const token = await client.debugToken();
  const issues = token === null ? [] : tokenIssues(token, now);
  if (issues.some((issue) => issue.severity === 'error')) return issues;
  const catalog = await client.catalog();
  return [
    ...issues,
    ...(catalog.vertical === undefined || catalog.vertical === 'commerce'
      ? []
      : [refusal('wrong_vertical', `The catalog is for ${String(catalog.vertical)}, not for goods.`)]),
    ...(catalog.is_catalog_segment === true
      ? [refusal('catalog_segment', 'This is a segment of another catalog; items cannot be written to it.')]
      : []),
  ];
}

function refusal(code: string, message: string): Issue {
  return {
    severity: 'error',
    code,
    origin: 'channel',
    message,
    advice: 'Name the id of a commerce catalog in the settings.',
  };
}
