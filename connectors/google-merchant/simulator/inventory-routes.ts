import type { InventoryKind } from './inventories.js';
import { keyOf } from './product-routes.js';
import { bodyOf, pageOf } from './request-body.js';
import type { Route } from './route.js';

/** The inventories sub-API: stock of processed products per store and region. */
export const INVENTORY_ROUTES: readonly Route[] = [
  ...routesOf('localInventories'),
  ...routesOf('regionalInventories'),
];

function routesOf(kind: InventoryKind): readonly Route[] {
  const at = `/inventories/v1/accounts/{a}/products/{product}/${kind}`;
  return [
    {
      call: `inventories.${kind}.insert`,
      http: `POST ${at}:insert`,
      answer(request, { catalog, inventories }, [product = '']) {
        // Inventory needs a processed product: the 404 of an unknown one is thrown here.
        catalog.get(keyOf(product));
        return inventories.insert(kind, keyOf(product), bodyOf(request));
      },
    },
    {
      call: `inventories.${kind}.delete`,
      http: `DELETE ${at}/{place}`,
      answer: (_request, { inventories }, [product = '', place = '']) =>
        inventories.remove(kind, keyOf(product), decodeURIComponent(place)),
    },
    {
      call: `inventories.${kind}.list`,
      http: `GET ${at}`,
      answer: ({ query }, { inventories }, [product = '']) =>
        pageOf(kind, inventories.list(kind, keyOf(product)), {
          size: query.get('pageSize'),
          token: query.get('pageToken'),
          most: 25_000,
        }),
    },
  ];
}
