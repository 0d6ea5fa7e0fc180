import type { BuyerRules } from './buyer-rules.js';

/** How long buyers and orders of a channel are kept. */
export interface Retention {
  /** Days after an order was finished until its buyer is forgotten. */
  readonly buyerDays: number;
  /** Months after an order was finished until everything of it is deleted; null: never. */
  readonly orderMonths: number | null;
}

/** What the operator set. */
export interface RetentionSettings {
  readonly keepBuyersDays?: number | undefined;
  readonly keepMonths?: number | undefined;
}

/** Backups of the keys live up to this long, so a key must be destroyed this much earlier than its buyer must be gone. */
export const KEY_BACKUP_DAYS = 7;

/** Kept this long when nobody says otherwise: what the strictest channel allows. */
export const BUYER_DAYS = 23;

/** An order that never ends is not waited for longer than this; nothing of its buyer is needed then. */
export const UNFINISHED_DAYS = 548;

/** The longest a channel lets buyers be kept, less what backups of the keys take; null: no limit. Pure. */
export function longestBuyerDays(rules: BuyerRules | undefined): number | null {
  if (rules === undefined) return BUYER_DAYS;
  return rules.buyerDays === null ? null : Math.max(0, rules.buyerDays - KEY_BACKUP_DAYS);
}

/** What is set, never longer than the channel allows. Pure. */
export function retentionOf(settings: RetentionSettings, rules: BuyerRules | undefined): Retention {
  const buyerDays = capped(settings.keepBuyersDays ?? BUYER_DAYS, longestBuyerDays(rules));
  const limit = rules?.orderMonths ?? null;
  const months = settings.keepMonths ?? limit;
  return { buyerDays, orderMonths: months === null ? null : capped(months, limit) };
}

function capped(value: number, limit: number | null): number {
  return limit === null ? value : Math.min(value, limit);
}
