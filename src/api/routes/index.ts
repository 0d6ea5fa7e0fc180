import type { Route } from '../route.js';
import { accountRoutes } from './account.js';
import { channelActionRoutes } from './channel-actions.js';
import { channelOutletRoutes } from './channel-outlet.js';
import { channelSetupRoutes } from './channel-setup.js';
import { channelRoutes } from './channels.js';
import { eventRoutes } from './events.js';
import { explainRoutes } from './explain.js';
import { houseActionRoutes } from './house-actions.js';
import { imageRoutes } from './images.js';
import { keyRoutes } from './keys.js';
import { listingRoutes } from './listings.js';
import { mappingTableRoutes } from './mapping-tables.js';
import { mappingWorkRoutes } from './mapping-work.js';
import { mappingRoutes } from './mappings.js';
import { meRoutes } from './me.js';
import { orderActionRoutes } from './order-actions.js';
import { orderWorkRoutes } from './order-work.js';
import { orderRoutes } from './orders.js';
import { overrideRoutes } from './override-actions.js';
import { overviewRoutes } from './overview.js';
import { planRoutes } from './plans.js';
import { problemRoutes } from './problems.js';
import { productRoutes } from './products.js';
import { reportRoutes } from './reports.js';
import { runRoutes } from './runs.js';
import { searchRoutes } from './search.js';
import { sessionRoutes } from './sessions.js';
import { settingsRoutes } from './settings.js';
import { sourceSetupRoutes } from './source-setup.js';
import { sourceRoutes } from './sources.js';
import { stockRoutes } from './stock.js';
import { stockCountRoutes } from './stock-counts.js';
import { userRoutes } from './users.js';
import { webhookRoutes } from './webhooks.js';

/** Every route of the API, area by area in the order of the documentation. One line per file. */
export const ROUTES: readonly Route[] = [
  ...meRoutes,
  ...sessionRoutes,
  ...accountRoutes,
  ...overviewRoutes,
  ...problemRoutes,
  ...searchRoutes,
  ...productRoutes,
  ...imageRoutes,
  ...listingRoutes,
  ...explainRoutes,
  ...mappingRoutes,
  ...mappingWorkRoutes,
  ...mappingTableRoutes,
  ...planRoutes,
  ...orderRoutes,
  ...stockRoutes,
  ...stockCountRoutes,
  ...sourceRoutes,
  ...channelRoutes,
  ...runRoutes,
  ...eventRoutes,
  ...houseActionRoutes,
  ...orderActionRoutes,
  ...orderWorkRoutes,
  ...overrideRoutes,
  ...channelSetupRoutes,
  ...channelActionRoutes,
  ...channelOutletRoutes,
  ...sourceSetupRoutes,
  ...reportRoutes,
  ...settingsRoutes,
  ...userRoutes,
  ...keyRoutes,
  ...webhookRoutes,
];
