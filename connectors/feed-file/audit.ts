import type { AuditContext } from '../../src/channel/audit-context.js';
import type { Issue } from '../../src/domain/issue.js';
import type { JsonObject } from '../../src/domain/json.js';
import type { FeedFormat } from './settings.js';

/**
 * Longest id a channel takes, by family of formats. Google: 50 characters (support.google.com/merchants/answer/6324405, verified 2026-11).
 * Meta: 100 characters (catalog field `id`, verified 2026-11). JSON lines go to readers we do not know.
 */
const LONGEST_ID: Readonly<Record<string, number>> = { google: 50, meta: 100 };

/** What the schema of a listing cannot say: the SKU is the id of the item, and must be one the channel takes. Pure. */
export function auditListing(_attributes: JsonObject, context: AuditContext): readonly Issue[] {
  const format = String(context.settings?.format ?? '') as FeedFormat;
  const longest = LONGEST_ID[format.split('-')[0] ?? ''];
  const { sku } = context;
  if (longest === undefined || sku === undefined) return [];
  const issue = (code: string, message: string): Issue => ({
    severity: 'error',
    code,
    attribute: 'id',
    origin: 'ours',
    message,
    advice:
      'Give the variant a shorter SKU without control characters, in the source or through a source mapping.',
  });
  if ([...sku].length > longest)
    return [issue('id_too_long', `the SKU has ${[...sku].length} characters, the channel takes ${longest}`)];
  if (/\p{Cc}/u.test(sku)) return [issue('id_characters', 'the SKU has control characters')];
  return [];
}
