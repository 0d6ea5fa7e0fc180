/** Words for fields whose names say too little by themselves. */
const LABELS: Readonly<Record<string, string>> = {
  'product.id': 'product id',
  'product.type': 'product type',
  'product.variantCount': 'number of variants',
  'product.priceFrom': 'lowest price of the product',
  'product.priceTo': 'highest price of the product',
  'product.available': 'units of the whole product',
  'product.optionValues': 'options of the product',
  'product.images': 'pictures of the product',
  'variant.images': 'pictures of the variant',
  'variant.sku': 'SKU',
  'variant.gtin': 'GTIN',
  'variant.mpn': 'MPN',
  'variant.hsCode': 'HS code',
  'variant.compareAtPrice': 'compare-at price',
  'stock.available': 'units available',
  'stock.tracked': 'whether stock is counted',
  'stock.policy': 'what happens at zero stock',
  'stock.restockAt': 'day of the next delivery',
  'stock.leadDays': 'days until it is sent',
  'channel.country': 'country of the channel',
  'channel.language': 'language of the channel',
  'channel.currency': 'currency of the channel',
  today: 'today',
};

/** Groups whose fields a shopkeeper would call by one word. */
const OWNERS: Readonly<Record<string, string>> = {
  product: 'product',
  variant: 'variant',
  stock: 'stock',
  channel: 'channel',
};

/** A path of an expression in words: `product.title` is “title of the product”, `variant.options.color` “option color”. */
export function fieldLabel(path: string): string {
  const known = LABELS[path];
  if (known !== undefined) return known;
  const [root = '', group = '', ...rest] = path.split(/[.[]/).map((part) => part.replace(/["\]]/g, ''));
  if (rest.length > 0 && group === 'options') return `option ${rest.join(' ')}`;
  if (rest.length > 0 && group === 'attributes') return spaced(rest.join(' '));
  if (rest.length > 0 && group === 'translations')
    return `${rest.slice(1).join(' ') || 'text'} in ${rest[0]}`;
  const owner = OWNERS[root];
  if (owner !== undefined && group !== '') return `${spaced([group, ...rest].join(' '))} of the ${owner}`;
  if (root === 'params') return `parameter ${group}`;
  if (root === 'listing') return `${spaced(group)} so far`;
  return spaced(group === '' ? root : [group, ...rest].join(' '));
}

function spaced(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
}
