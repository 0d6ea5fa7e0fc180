import type { Header } from './cells.js';
import { attributeName } from './variant-draft.js';

/** Where the columns of a Magento (Adobe Commerce) product CSV stand; −1 for those the file does not have. */
export type MagentoColumns = ReturnType<typeof magentoColumns>;

/**
 * Finds the columns of Magento's product export (2.x, "Products" entity), and of the smaller tables with one column
 * per attribute that its sample data and many migration tools write.
 */
export function magentoColumns(header: Header) {
  const places = {
    sku: header.need('sku'),
    storeView: header.find('store_view_code'),
    type: header.find('product_type'),
    attributeSet: header.find('attribute_set_code', 'attribute_set'),
    categories: header.find('categories', 'category'),
    name: header.find('name'),
    description: header.find('description'),
    shortDescription: header.find('short_description'),
    weight: header.find('weight'),
    online: header.find('product_online'),
    visibility: header.find('visibility'),
    price: header.find('price'),
    specialPrice: header.find('special_price'),
    specialFrom: header.find('special_price_from_date'),
    specialTo: header.find('special_price_to_date'),
    msrp: header.find('msrp_price', 'msrp'),
    cost: header.find('cost'),
    urlKey: header.find('url_key'),
    metaTitle: header.find('meta_title'),
    metaDescription: header.find('meta_description'),
    metaKeywords: header.find('meta_keywords'),
    image: header.find('base_image', 'image'),
    moreImages: header.find('additional_images'),
    createdAt: header.find('created_at'),
    updatedAt: header.find('updated_at'),
    country: header.find('country_of_manufacture'),
    attributes: header.find('additional_attributes'),
    quantity: header.find('qty'),
    inStock: header.find('is_in_stock'),
    backorders: header.find('allow_backorders'),
    configBackorders: header.find('use_config_backorders'),
    manageStock: header.find('manage_stock'),
    configManageStock: header.find('use_config_manage_stock'),
    variations: header.find('configurable_variations'),
    bundle: header.find('bundle_options', 'bundle_values'),
    grouped: header.find('associated_sku', 'associated_skus'),
    downloads: header.find('links_title', 'downloadable_links'),
  };
  return { ...places, own: ownAttributes(header, new Set(Object.values(places))) };
}

/** Columns of shop settings that say nothing about the goods. */
const SETTINGS =
  /^(product_websites|website_id|tax_class_name|custom_|page_layout|product_options_container|display_product_options_in|gift_message_available|map_|msrp_display|new_(from|to)_date|(small|thumbnail|swatch|base)_image|(use_config|enable_qty|min_cart|max_cart|notify_on|is_qty|is_decimal|qty_increments|out_of_stock_qty)|related_|crosssell_|upsell_|additional_image_labels|hide_from|configurable_variation|bundle_|samples_|links_|custom_options)/;

/** In the smaller tables every further column is an attribute; the full export has `additional_attributes` for that. */
function ownAttributes(header: Header, known: ReadonlySet<number>): { name: string; place: number }[] {
  if (header.find('additional_attributes') >= 0) return [];
  return header
    .entries()
    .map(([column, place]) => ({ name: attributeName(column), place }))
    .filter(({ name, place }) => !known.has(place) && name !== '' && !SETTINGS.test(name));
}
