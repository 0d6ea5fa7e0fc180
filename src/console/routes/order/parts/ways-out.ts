/** What a person can do about an exception. `retry`: what was refused is tried again · `close`: it was dealt with elsewhere. */
export type Way = 'retry' | 'close' | 'place' | 'take-over' | 'confirm' | 'assign';

/** Exceptions with more ways out than to say that it was dealt with. */
const WAYS: Readonly<Record<string, readonly Way[]>> = {
  unknown_sku: ['place', 'take-over'],
  placing_refused: ['place', 'take-over'],
  store_order_missing: ['take-over', 'close'],
  totals_differ: ['close'],
  cancel_in_shop: ['retry', 'close'],
  message_refused: ['retry', 'close'],
  cancelled_after_shipping: ['retry', 'close'],
  refund_to_confirm: ['confirm', 'close'],
  no_location: ['assign'],
  location_short: ['assign', 'close'],
};

/** Every way out of an exception, the likeliest first. */
export function waysOut(code: string): readonly Way[] {
  return WAYS[code] ?? ['close'];
}
