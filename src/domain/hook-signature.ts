import { createHmac } from 'node:crypto';
import { epochMs, type Instant } from './instant.js';

/** A message to an address outside, before it is signed. */
export interface HookMessage {
  /** The same when the message is sent again, so that its receiver can know it. */
  readonly id: string;
  readonly at: Instant;
  readonly body: string;
}

/**
 * Headers by which a receiver knows that a message is ours and new: `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature`, `v1,` and
 * HMAC-SHA-256 of `id.timestamp.body` in base64, under the bytes of the secret; while secrets change, one signature for each, with a space between. The form of Standard Webhooks; a secret written `whsec_…` is base64.
 * Source: standardwebhooks.com, specification 1.0; verified 2026-11. Pure.
 */
export function hookHeaders(
  message: HookMessage,
  ...secrets: readonly [string, ...string[]]
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(epochMs(message.at) / 1_000));
  const signed = `${message.id}.${timestamp}.${message.body}`;
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((secret) => `v1,${signatureOf(signed, secret)}`).join(' '),
  };
}

function signatureOf(signed: string, secret: string): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
  return createHmac('sha256', key).update(signed).digest('base64');
}
