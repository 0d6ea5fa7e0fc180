/** A real Vendure shop in a process of its own: in memory, on loopback, with a few products. Tells its port to the parent process. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vendure from '@vendure/core';
import { populate } from '@vendure/core/cli/index.js';
import { omnifeedPlugin } from '../../../examples/vendure/omnifeed-plugin.mjs';

process.env.VENDURE_DISABLE_TELEMETRY = 'true';

const PRODUCTS = `name,slug,description,assets,facets,optionGroups,optionValues,sku,price,taxCategory,stockOnHand,trackInventory,variantAssets,variantFacets
Trail Shirt,trail-shirt,"<p>Light, dries fast.</p>",,brand:Acme|material:cotton,Size|Colour,S|Red,00012345,10.00,standard,100,true,,
,,,,,,M|Red,SHIRT-M,10.00,standard,500,true,,
,,,,,,L|Blue,SHIRT-L,12.50,standard,0,true,,
,,,,,,XL|Blue,SHIRT-XL,12.50,standard,40,true,,
Tin Mug,tin-mug,Holds tea.,,brand:Acme,,,MUG,4.00,standard,7,true,,
Gift Card,gift-card,Nothing to count.,,brand:House,,,GIFT,25.00,standard,0,false,,
`;
const INITIAL = {
  defaultLanguage: 'en',
  defaultZone: 'Europe',
  taxRates: [{ name: 'Standard Tax', percentage: 20 }],
  shippingMethods: [{ name: 'Standard Shipping', price: 500 }],
  paymentMethods: [],
  countries: [
    { name: 'Germany', code: 'DE', zone: 'Europe' },
    { name: 'United States of America', code: 'US', zone: 'Americas' },
  ],
  collections: [
    {
      name: 'Clothing',
      filters: [{ code: 'facet-value-filter', args: { facetValueNames: ['cotton'], containsAny: false } }],
    },
  ],
};

const folder = mkdtempSync(path.join(tmpdir(), 'omnifeed-vendure-'));
const products = path.join(folder, 'products.csv');
writeFileSync(products, PRODUCTS);

const config = {
  apiOptions: { hostname: '127.0.0.1', port: 0, adminApiPath: 'admin-api', shopApiPath: 'shop-api' },
  authOptions: {
    tokenMethod: ['bearer', 'api-key'],
    superadminCredentials: { identifier: 'superadmin', password: 'superadmin' },
    cookieOptions: { secret: 'only-for-this-test' },
  },
  dbConnectionOptions: { type: 'sqljs', synchronize: true, logging: false },
  importExportOptions: { importAssetsDir: folder },
  logger: new vendure.DefaultLogger({ level: vendure.LogLevel.Warn }),
  plugins: [vendure.DefaultJobQueuePlugin.init({ pollInterval: 200 }), omnifeedPlugin(vendure)],
};

const app = await populate(() => vendure.bootstrap(config), INITIAL, products);
await app.get(vendure.JobQueueService).start();
process.send?.({ port: app.getHttpServer().address().port });
process.on('disconnect', () => process.exit(0));
