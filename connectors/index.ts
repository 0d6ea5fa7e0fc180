import type { Connector } from '../src/channel/connector.js';
import { amazon } from './amazon/index.js';
import { feedFileConnector } from './feed-file/index.js';
import { fileShop } from './file-shop/index.js';
import { googleMerchant } from './google-merchant/index.js';
import { memory } from './memory/index.js';
import { meta } from './meta/index.js';
import { shopify } from './shopify/index.js';
import { vendure } from './vendure/index.js';
import { webhookShop } from './webhook-shop/index.js';
import { woocommerce } from './woocommerce/index.js';

/** Every connector of this build: a new one is one folder, one default mapping and one line here. */
export const connectors: readonly Connector[] = [
  amazon,
  feedFileConnector,
  fileShop,
  googleMerchant,
  memory,
  meta,
  shopify,
  vendure,
  webhookShop,
  woocommerce,
];
