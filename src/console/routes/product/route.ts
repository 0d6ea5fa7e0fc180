import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { textIn, wordIn } from '../../app/search-params.js';
import { shellRoute } from '../../shell/shell-route.js';

/** The tabs of the page. */
export const PRODUCT_TABS = ['channels', 'source', 'overrides', 'history'] as const;

/** What the address of the page says; `sku`: the variant that is looked at. */
export interface ProductSearch {
  readonly tab?: (typeof PRODUCT_TABS)[number] | undefined;
  readonly sku?: string | undefined;
}

/** `/catalog/:productId?tab=&sku=`: one product with its variants and everything channels say about them. */
export const productRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/catalog/$productId',
  validateSearch: (given: Record<string, unknown>): ProductSearch => ({
    tab: wordIn(given, 'tab', PRODUCT_TABS),
    sku: textIn(given, 'sku'),
  }),
  component: lazyRouteComponent(() => import('./page.js'), 'ProductPage'),
});
