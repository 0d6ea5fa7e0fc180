import { createRouter } from '@tanstack/react-router';
import { accountRoute } from '../routes/account/route.js';
import { auditRoute } from '../routes/audit/route.js';
import { catalogRoute } from '../routes/catalog/route.js';
import { categoriesRoute } from '../routes/categories/route.js';
import { channelRoute } from '../routes/channel/route.js';
import { channelSettingsRoute } from '../routes/channel-settings/route.js';
import { channelsRoute } from '../routes/channels/route.js';
import { channelsNewRoute } from '../routes/channels-new/route.js';
import { connectRoute } from '../routes/connect/route.js';
import { displayRoute } from '../routes/display/route.js';
import { exceptionsRoute } from '../routes/exceptions/route.js';
import { importRoute } from '../routes/import/route.js';
import { keysRoute } from '../routes/keys/route.js';
import { listingRoute } from '../routes/listing/route.js';
import { listingsRoute } from '../routes/listings/route.js';
import { loginRoute } from '../routes/login/route.js';
import { lookupRoute, lookupsRoute } from '../routes/lookup/route.js';
import { mappingRoute, mappingStartRoute } from '../routes/mapping/route.js';
import { mappingsRoute } from '../routes/mappings/route.js';
import { orderRoute } from '../routes/order/route.js';
import { ordersRoute } from '../routes/orders/route.js';
import { overviewRoute } from '../routes/overview/route.js';
import { parcelsRoute } from '../routes/parcels/route.js';
import { pickListRoute } from '../routes/pick-list/route.js';
import { planRoute } from '../routes/plan/route.js';
import { plansRoute } from '../routes/plans/route.js';
import { problemsRoute } from '../routes/problems/route.js';
import { productRoute } from '../routes/product/route.js';
import { reportsRoute } from '../routes/reports/route.js';
import { runRoute } from '../routes/run/route.js';
import { runsRoute } from '../routes/runs/route.js';
import { schedulesRoute } from '../routes/schedules/route.js';
import { settingsRoute } from '../routes/settings/route.js';
import { setupRoute } from '../routes/setup/route.js';
import { sourceRoute } from '../routes/source/route.js';
import { sourceNewRoute } from '../routes/source-new/route.js';
import { sourcesRoute } from '../routes/sources/route.js';
import { startRoute } from '../routes/start/route.js';
import { stockRoute } from '../routes/stock/route.js';
import { stockCountsRoute } from '../routes/stock-counts/route.js';
import { stockSkuRoute } from '../routes/stock-sku/route.js';
import { usersRoute } from '../routes/users/route.js';
import { webhookRoute } from '../routes/webhook/route.js';
import { webhooksRoute } from '../routes/webhooks/route.js';
import { nowhereRoute, shellRoute } from '../shell/shell-route.js';
import { rootRoute } from './root-route.js';

/**
 * Every page of the console. A page is a folder below `routes`: `route.ts` (path, lazy page), `search.ts` (what its address says), `page.tsx`,
 * `queries.ts`, `parts/`; one line here, and one in `shell/places.ts` when it belongs into the rail.
 */
const tree = rootRoute.addChildren([
  loginRoute,
  setupRoute,
  shellRoute.addChildren([
    overviewRoute,
    startRoute,
    problemsRoute,
    catalogRoute,
    productRoute,
    listingsRoute,
    listingRoute,
    mappingsRoute,
    lookupsRoute,
    lookupRoute,
    categoriesRoute,
    mappingStartRoute,
    mappingRoute,
    plansRoute,
    planRoute,
    ordersRoute,
    exceptionsRoute,
    pickListRoute,
    parcelsRoute,
    orderRoute,
    stockRoute,
    stockCountsRoute,
    stockSkuRoute,
    runsRoute,
    runRoute,
    schedulesRoute,
    auditRoute,
    reportsRoute,
    channelsRoute,
    channelsNewRoute,
    connectRoute,
    channelRoute,
    channelSettingsRoute,
    sourcesRoute,
    sourceNewRoute,
    sourceRoute,
    importRoute,
    settingsRoute,
    usersRoute,
    keysRoute,
    webhooksRoute,
    webhookRoute,
    accountRoute,
    displayRoute,
    nowhereRoute,
  ]),
]);

/** The router of the console: the address is the state. */
export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
