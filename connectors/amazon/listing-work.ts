import type { Host } from '../../src/channel/connector.js';
import type { Issue } from '../../src/domain/issue.js';
import type { SellingPartnerClient } from './client.js';
import type { AmazonSettings } from './settings.js';

/** One seller in one store. */
export interface Seller {
  readonly client: SellingPartnerClient;
  readonly settings: AmazonSettings;
  readonly host: Host;
}

/** Tells what keeps the seller from listing an item in a condition; an empty list: nothing does. Throws a ChannelError. */
export type Eligibility = (asin: string, condition: string | null) => Promise<readonly Issue[]>;

/** What the ports of one channel work with. */
export interface ListingWork extends Seller {
  readonly mayList: Eligibility;
}
