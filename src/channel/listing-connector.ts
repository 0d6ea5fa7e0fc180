import type { JsonObject } from '../domain/json.js';
import type { Connector } from './connector.js';

/** A connector with listings: it has all that sending them needs. */
export type ListingConnector<Settings extends JsonObject = JsonObject> = Connector<Settings> &
  Required<Pick<Connector<Settings>, 'listingSchema' | 'offerAttributes' | 'limits'>>;

/** Whether a connector has listings. One with a part of what they need only is a mistake of its author. */
export function lists(connector: Connector): connector is ListingConnector {
  const { listingSchema, offerAttributes, limits } = connector;
  return listingSchema !== undefined && offerAttributes !== undefined && limits !== undefined;
}
