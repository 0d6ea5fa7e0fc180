import type { AdminDocument } from './client.js';

/** What variants show at one location. */
export const LEVELS_BY_SKU: AdminDocument = {
  name: 'LevelsBySku',
  text: `query LevelsBySku($query: String!, $location: ID!, $first: Int!, $after: String) {
  productVariants(first: $first, after: $after, query: $query) {
    nodes { id sku
      inventoryItem { id tracked
        inventoryLevel(locationId: $location) { id quantities(names: ["available"]) { name quantity } }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
};

/** Sets what may be sold, each over the figure that was read. All rows or none. */
export const SET_STOCK: AdminDocument = {
  name: 'SetStock',
  text: `mutation SetStock($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { id }
    userErrors { code field message }
  }
}`,
};
