import { findVariants } from '../../views/find-variants.js';
import { listStock, showStock } from '../../views/stock-view.js';
import { pageOf, paging } from '../paging.js';
import { noSuch } from '../problem.js';
import { route } from '../route.js';
import { object, optional, text } from '../shape.js';
import { stockLine, stockOfSku } from '../shapes/stock.js';
import { listingShares } from '../watched-channels.js';

/** Stock as it is counted, promised and shared. */
export const stockRoutes = [
  route({
    method: 'GET',
    path: '/stock',
    permission: 'stock:read',
    summary: 'Lists the stock of variants and what each channel may offer of it.',
    query: object({ ...paging, q: optional(text(200)), location: optional(text(200)) }),
    answer: pageOf(stockLine),
    async handle({ app, query }) {
      const { cursor = null, limit = 50, q = '', location = null } = query;
      const variantIds = q.trim() === '' ? null : await findVariants(app.database, q);
      const page = { cursor, limit };
      const found = await listStock(app.database, { variantIds, location }, page, listingShares(app));
      return { ...found, previous: null, total: null };
    },
  }),
  route({
    method: 'GET',
    path: '/stock/:sku',
    permission: 'stock:read',
    summary: 'Shows the stock of one variant with the orders that hold it and its latest movements.',
    params: object({ sku: text(500) }),
    answer: stockOfSku,
    async handle({ app, params }) {
      const found = await showStock(app.database, params.sku, listingShares(app));
      if (found === null) throw noSuch('variant', params.sku);
      return found;
    },
  }),
];
