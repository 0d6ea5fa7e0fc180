import type { ImpactTotals } from '../../../api/shapes/mapping-types.js';
import { ApiProblem, call, pathOf } from '../../app/call.js';
import { onceKey } from '../../app/once-key.js';
import type { Save } from './draft/draft-store.js';

const of = (channel: string, rest: string): string => `${pathOf('/mappings', channel)}${rest}`;

/** Keeps the draft of a channel's mapping. */
export function saverOf(channel: string): Save {
  return async ({ text, revision, base }) =>
    (
      await call<{ revision: number }>('PUT', of(channel, '/draft'), {
        body: { text, base },
        ifMatch: `"${revision}"`,
      })
    ).revision;
}

/** Whether somebody else was faster. */
export function isMoved(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 412;
}

/** Throws the draft away. */
export function dropDraft(channel: string): Promise<void> {
  return call<void>('DELETE', of(channel, '/draft'));
}

/** What is published with which words; `checksum` releases what a guard holds. */
export interface Publishing {
  readonly revision: number;
  readonly comment: string;
  readonly checksum?: string;
  readonly despiteTests?: true;
}

/** Makes the draft the mapping. */
export function publish(channel: string, body: Publishing) {
  return call<{ version: number; totals: ImpactTotals }>('POST', of(channel, '/publish'), {
    body,
    idempotencyKey: onceKey(),
  });
}

/** Asks somebody else to publish it. */
export function askToPublish(channel: string, body: { revision: number; comment: string }): Promise<void> {
  return call<void>('POST', of(channel, '/draft/ask'), { body, idempotencyKey: onceKey() });
}

/** Keeps what a text makes of a SKU as a test. */
export function keepAsTest(channel: string, body: { sku: string; text: string }) {
  return call<{ name: string }>('POST', of(channel, '/tests/record'), { body, idempotencyKey: onceKey() });
}

/** Takes the value a text gives now as what a test expects. */
export function acceptValue(
  channel: string,
  body: { test: string; name: string; text: string },
): Promise<void> {
  return call<void>('POST', of(channel, '/tests/accept'), { body, idempotencyKey: onceKey() });
}
