import type { JsonObject } from '../../src/domain/json.js';

/** Who ships a listing by the channels Amazon shows live for it: an `AMAZON_…` code wins over `DEFAULT`; null: none is shown. */
export function fulfilledBy(channels: readonly JsonObject[]): string | null {
  const codes = channels.map(({ fulfillmentChannelCode }) => fulfillmentChannelCode);
  const amazon = codes.find((code) => typeof code === 'string' && isAmazons(code));
  const any = amazon ?? codes.find((code) => typeof code === 'string');
  return typeof any === 'string' ? any : null;
}

/** Whether a code names one of Amazon's warehouses (`AMAZON_NA`, `AMAZON_EU`, `AMAZON_JP`, …). */
export function isAmazons(code: string | null | undefined): boolean {
  return code?.startsWith('AMAZON') === true;
}
