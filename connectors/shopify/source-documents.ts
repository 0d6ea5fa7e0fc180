import type { AdminDocument } from './client.js';

const PRODUCT = `id handle title descriptionHtml vendor productType status tags createdAt updatedAt onlineStoreUrl
  seo { title description }
  category { id fullName }
  options { name position }`;

const VARIANT = `id sku barcode title price compareAtPrice position inventoryPolicy updatedAt
  selectedOptions { name value }
  inventoryItem { id tracked requiresShipping countryCodeOfOrigin harmonizedSystemCode
    measurement { weight { unit value } } unitCost { amount currencyCode } }
  image { url }`;

const MEDIA = 'id alt mediaContentType preview { image { url width height } }';
const METAFIELD = 'id namespace key type value';
const LEVEL = `id isActive updatedAt location { id }
  quantities(names: ["available"]) { name quantity updatedAt }`;

/** Everything of every product, as the query of a bulk operation: four connections, two deep. */
export const BULK_PRODUCTS = `query {
  products {
    edges { node { ${PRODUCT}
      media { edges { node { ${MEDIA} } } }
      collections { edges { node { id title } } }
      metafields { edges { node { ${METAFIELD} } } }
      variants { edges { node { ${VARIANT} } } }
    } }
  }
}`;

/** The units of every item at every location, as the query of a bulk operation. */
export const BULK_STOCK = `query {
  inventoryItems {
    edges { node { id sku tracked
      inventoryLevels { edges { node { ${LEVEL} } } }
    } }
  }
}`;

/** Starts a bulk operation. Grouped: children follow their parent, so that nothing has to be gathered in memory. */
export const START_BULK: AdminDocument = {
  name: 'StartBulk',
  text: `mutation StartBulk($query: String!) {
  bulkOperationRunQuery(query: $query, groupObjects: true) {
    bulkOperation { id status createdAt }
    userErrors { code field message }
  }
}`,
};

/** How far a bulk operation is. */
export const READ_BULK: AdminDocument = {
  name: 'ReadBulk',
  text: `query ReadBulk($id: ID!) {
  bulkOperation(id: $id) { id status errorCode objectCount rootObjectCount createdAt url }
}`,
};

/** Products page by page, by change time: all of them, or those of a query. */
export const READ_PRODUCTS: AdminDocument = {
  name: 'ReadProducts',
  text: `query ReadProducts($first: Int!, $query: String, $after: String) {
  products(first: $first, after: $after, sortKey: UPDATED_AT, query: $query) {
    nodes { ${PRODUCT}
      media(first: 25) { nodes { ${MEDIA} } pageInfo { hasNextPage endCursor } }
      collections(first: 25) { nodes { id title } pageInfo { hasNextPage endCursor } }
      metafields(first: 25) { nodes { ${METAFIELD} } pageInfo { hasNextPage endCursor } }
      variants(first: 50) { nodes { ${VARIANT} } pageInfo { hasNextPage endCursor } }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
};

/** What did not fit into the page of a product. */
export const READ_REST: AdminDocument = {
  name: 'ReadRest',
  text: `query ReadRest($id: ID!, $variants: String, $media: String, $collections: String, $metafields: String) {
  product(id: $id) { id
    media(first: 100, after: $media) { nodes { ${MEDIA} } pageInfo { hasNextPage endCursor } }
    collections(first: 100, after: $collections) { nodes { id title } pageInfo { hasNextPage endCursor } }
    metafields(first: 100, after: $metafields) { nodes { ${METAFIELD} } pageInfo { hasNextPage endCursor } }
    variants(first: 100, after: $variants) { nodes { ${VARIANT} } pageInfo { hasNextPage endCursor } }
  }
}`,
};

/** Units at one location, all or those of a query. */
export const READ_STOCK: AdminDocument = {
  name: 'ReadStock',
  text: `query ReadStock($location: ID!, $query: String, $after: String) {
  location(id: $location) {
    id
    inventoryLevels(first: 250, after: $after, query: $query) {
      nodes { id isActive updatedAt item { id sku tracked } quantities(names: ["available"]) { name quantity updatedAt } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
};
