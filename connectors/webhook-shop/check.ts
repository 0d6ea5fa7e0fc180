import { ChannelError } from '../../src/domain/errors.js';
import type { Issue } from '../../src/domain/issue.js';
import type { ShopClient } from './client.js';
import type { WebhookShopSettings } from './settings.js';
import { webhookSink } from './sink.js';

/** A key no order has. */
const NOBODY = 'omnifeed:check';

/** Whether the shop answers, accepts our signature, and says "none" for a key nobody has: a shop that shows orders then would never be placed in. */
export async function checkShop(
  client: ShopClient,
  settings: WebhookShopSettings,
): Promise<readonly Issue[]> {
  const open = new URL(settings.address).protocol === 'http:';
  const issues = open
    ? [
        issue(
          'warning',
          'not_encrypted',
          'The shop is reached without encryption: buyers’ addresses travel in the open',
          {
            advice: 'Use an https address.',
          },
        ),
      ]
    : [];
  try {
    const found = await webhookSink(client, settings).find(NOBODY, '1970-01-01T00:00:00.000Z');
    if (found.length === 0) return issues;
    return [
      ...issues,
      issue('error', 'search_shows_others', 'The shop shows orders for a key that nobody has', {
        advice: 'Answer `{ "orders": [] }` for a key that is not there.',
      }),
    ];
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    const told =
      error.kind === 'auth-lost' ||
      ['address_wrong', 'unreadable_answer', 'search_shows_others'].includes(error.code);
    if (!told) throw error;
    return [...issues, issue('error', error.code, error.message, { advice: error.advice })];
  }
}

function issue(
  severity: 'error' | 'warning',
  code: string,
  message: string,
  { advice }: { readonly advice: string },
): Issue {
  return { severity, code, origin: 'channel', message, advice };
}
