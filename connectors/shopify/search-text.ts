import type { Instant } from '../../src/domain/instant.js';

/** What changed since, as Shopify searches: second-precise, and with the second itself, because a change in it may still come. */
export function changedSince(since: Instant): string {
  return `updated_at:>='${since.slice(0, 19)}Z'`;
}
