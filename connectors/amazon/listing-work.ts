import type { Host } from '../../src/channel/connector.js';
import type { SellingPartnerClient } from './client.js';
import type { Eligibility } from './restrictions.js';
import type { AmazonSettings } from './settings.js';

/** What the ports of one channel work with. */
export interface ListingWork {
  readonly client: SellingPartnerClient;
  readonly settings: AmazonSettings;
  readonly host: Host;
  readonly mayList: Eligibility;
}
