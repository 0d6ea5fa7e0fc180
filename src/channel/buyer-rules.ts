/**
 * What a channel allows with the data of its buyers. A connector that sells and says nothing is treated like the strictest we know: never for
 * marketing, and no longer than is needed to fulfil.
 */
export interface BuyerRules {
  /** `with-consent`: may be handed to marketing tools once the buyer's consent is recorded · `never`: not even then. */
  readonly marketing: 'never' | 'with-consent';
  /** Days after delivery until buyers must be gone; null: the channel sets no limit. */
  readonly buyerDays: number | null;
  /** Months until the rest of an order must be gone; null: no limit. */
  readonly orderMonths: number | null;
  /** Page of the rule and when it was read. */
  readonly source: string;
}
