import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';
import { isAmazons } from './fulfilment-channel.js';

/**
 * The same listing with nothing to sell from our own stock; null: it sells nothing of it as it is. Amazon may show the quantity of a
 * message before its price, so that orders come at the old one. Source: selling-partner-api-models issue 4901; verified 2026-11.
 */
export function withoutStock(attributes: JsonObject): JsonObject | null {
  const channels = attributes.fulfillment_availability;
  if (!isJsonArray(channels) || !channels.some((channel) => isJsonObject(channel) && sells(channel)))
    return null;
  return {
    ...attributes,
    fulfillment_availability: channels.map((channel) => {
      if (!isJsonObject(channel) || !sells(channel)) return channel;
      const { is_inventory_available: _endless, ...counted } = channel;
      return { ...counted, quantity: 0 };
    }),
  };
}

function sells(channel: JsonObject): boolean {
  const { fulfillment_channel_code: code } = channel;
  if (typeof code !== 'string' || isAmazons(code)) return false;
  return channel.is_inventory_available === true || Number(channel.quantity ?? 0) > 0;
}
