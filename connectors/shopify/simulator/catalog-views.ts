import { type CallContext, connection, type ListArguments } from './connections.js';
import { stamp } from './order-views.js';
import { fitsSearch } from './search.js';
import type { ShopLocation, ShopProduct, ShopState, ShopVariant, StockLevel } from './shop-state.js';

/** A product as the Admin API shows it. */
export function productView(shop: ShopState, product: ShopProduct): object {
  const list = <Item>(items: readonly Item[], view: (item: Item) => object) => {
    return (args: ListArguments, context: CallContext) => connection(items, args, { view, context });
  };
  return {
    __typename: 'Product',
    id: product.id,
    handle: product.handle,
    title: product.title,
    descriptionHtml: product.descriptionHtml,
    vendor: product.vendor,
    productType: product.productType,
    status: product.status,
    tags: product.tags,
    createdAt: stamp(product.createdMs),
    updatedAt: stamp(product.updatedMs),
    onlineStoreUrl:
      product.status === 'ACTIVE' ? `https://simulated-shop.example/products/${product.handle}` : null,
    seo: { title: null, description: null },
    category:
      product.category === null
        ? null
        : { id: 'gid://shopify/TaxonomyCategory/aa-1', fullName: product.category },
    options: (product.variants[0]?.options ?? []).map(({ name }, place) => ({ name, position: place + 1 })),
    media: list(product.images, (url) => ({
      __typename: 'MediaImage',
      id: `gid://shopify/MediaImage/${product.id.split('/').at(-1)}${product.images.indexOf(url)}`,
      alt: null,
      mediaContentType: 'IMAGE',
      preview: { image: { url, width: 1_000, height: 1_000 } },
    })),
    collections: list(product.collections, (title) => ({
      id: `gid://shopify/Collection/${shop.products.flatMap((each) => each.collections).indexOf(title) + 1}`,
      title,
    })),
    metafields: list(product.metafields, (field) => ({
      id: `gid://shopify/Metafield/${product.id.split('/').at(-1)}${product.metafields.indexOf(field)}`,
      ...field,
    })),
    variants: list(product.variants, (variant) => variantView(shop, product, variant)),
  };
}

/** A variant as the Admin API shows it. */
export function variantView(shop: ShopState, product: ShopProduct, variant: ShopVariant): object {
  return {
    __typename: 'ProductVariant',
    id: variant.id,
    sku: variant.sku,
    barcode: variant.barcode,
    title: variant.title,
    price: variant.price,
    compareAtPrice: variant.compareAtPrice,
    position: product.variants.indexOf(variant) + 1,
    inventoryPolicy: variant.policy,
    updatedAt: stamp(product.updatedMs),
    selectedOptions: variant.options,
    inventoryItem: itemView(shop, variant),
    image: variant.image === null ? null : { url: variant.image },
    product: { id: product.id, title: product.title },
  };
}

/** An inventory item, with its levels. */
export function itemView(shop: ShopState, variant: ShopVariant): object {
  return {
    __typename: 'InventoryItem',
    id: variant.itemId,
    sku: variant.sku,
    tracked: variant.tracked,
    requiresShipping: true,
    countryCodeOfOrigin: null,
    harmonizedSystemCode: null,
    measurement: { weight: { unit: 'KILOGRAMS', value: 0.25 } },
    unitCost: { amount: '4.0', currencyCode: shop.currency },
    inventoryLevel({ locationId }: { readonly locationId: string }) {
      const level = variant.levels.find(({ location }) => location === locationId);
      return level ? levelView(shop, variant, level) : null;
    },
    inventoryLevels: (args: ListArguments, context: CallContext) =>
      connection(variant.levels, args, { view: (level) => levelView(shop, variant, level), context }),
  };
}

/** A location, with what lies there. */
export function locationView(shop: ShopState, location: ShopLocation): object {
  return {
    __typename: 'Location',
    id: location.id,
    name: location.name,
    isActive: location.active,
    inventoryLevels(args: ListArguments & { readonly query?: string | null }, context: CallContext) {
      const here = shop.products
        .flatMap(({ variants }) => variants)
        .flatMap((variant) => variant.levels.map((level) => ({ variant, level })))
        .filter(({ level }) => level.location === location.id)
        .filter(
          ({ level }) =>
            args.query === undefined ||
            args.query === null ||
            fitsSearch(level, args.query, (each, name) =>
              name === 'updated_at' ? [stamp(each.updatedMs)] : undefined,
            ),
        );
      return connection(here, args, {
        view: ({ variant, level }) => levelView(shop, variant, level),
        context,
      });
    },
  };
}

function levelView(shop: ShopState, variant: ShopVariant, level: StockLevel): object {
  const location = shop.locations.find(({ id }) => id === level.location);
  const counts: Readonly<Record<string, number>> = {
    available: level.available,
    committed: level.committed,
    on_hand: level.available + level.committed,
  };
  return {
    __typename: 'InventoryLevel',
    id: level.id,
    isActive: location?.active === true,
    updatedAt: stamp(level.updatedMs),
    location: { id: level.location },
    item: { id: variant.itemId, sku: variant.sku, tracked: variant.tracked },
    quantities: ({ names }: { names: readonly string[] }) =>
      names.map((name) => ({ name, quantity: counts[name] ?? 0, updatedAt: stamp(level.updatedMs) })),
  };
}
