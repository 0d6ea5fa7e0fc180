import { describe, expect, it } from 'vitest';
import { complaints, readAll } from './read-all.js';

const SHOPIFY = `Handle,Title,Body (HTML),Vendor,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Variant Barcode,Image Src,Image Position,Variant Image,Google Shopping / Gender,Google Shopping / Custom Label 0,Color (product.metafields.shopify.color-pattern),Price / Germany,Cost per item,Status
tee,Tee,"<p>One
two</p>",Acme,"summer, cotton",TRUE,Size,S,Color,Red,tee-s,200.0,shopify,5,deny,10.00,12.00,4006381333931,https://x.example/2.jpg,2,https://x.example/s.jpg,female,hot,red,9.00,4.00,active
tee,,,,,,,M,,Red,tee-m,0.0,,-2,continue,10.00,,,https://x.example/1.jpg,1,,,,,,,
tee,,,,,,,,,,,,,,,,,,https://x.example/3.jpg,3,,,,,,,
mug,Mug,,Acme,,FALSE,Title,Default Title,,,mug,,shopify,x,deny,5.00,,,,,,,,,,,draft
tee,,,,,,,L,,Red,tee-l,,,,,11.00,,,,,,,,,,,
`;

describe('a Shopify product CSV', () => {
  it('puts product, variants, options and pictures together', async () => {
    const reading = await readAll(SHOPIFY);
    expect(reading.products[0]).toEqual({
      line: 2,
      product: {
        id: 'tee',
        status: 'active',
        title: 'Tee',
        description: '<p>One\ntwo</p>',
        brand: 'Acme',
        tags: ['summer', 'cotton'],
        images: ['https://x.example/1.jpg', 'https://x.example/2.jpg', 'https://x.example/3.jpg'],
        attributes: { gender: 'female', custom_label_0: 'hot', color_pattern: 'red', published: true },
      },
      variants: [
        {
          sku: 'tee-s',
          line: 2,
          content: {
            gtin: '4006381333931',
            options: { size: 'S', color: 'Red' },
            images: ['https://x.example/s.jpg'],
            weight: { value: 200, unit: 'g' },
          },
          offer: {
            price: { minor: 1000, currency: 'USD' },
            compareAtPrice: { minor: 1200, currency: 'USD' },
            cost: { minor: 400, currency: 'USD' },
            prices: [{ minor: 900, currency: 'USD', group: 'Germany' }],
            policy: 'deny',
            tracked: true,
          },
          stock: [{ location: 'default', onHand: 5 }],
        },
        {
          sku: 'tee-m',
          line: 4,
          content: { options: { size: 'M', color: 'Red' } },
          offer: { price: { minor: 1000, currency: 'USD' }, policy: 'backorder', tracked: false },
          stock: [{ location: 'default', onHand: -2 }],
        },
      ],
    });
  });

  it('joins a product whose rows do not stand together, with its option names and status', async () => {
    const reading = await readAll(SHOPIFY);
    expect(reading.result).toMatchObject({ rows: 5, products: 2, variants: 4 });
    expect(reading.products.map((one) => [one.product.id, one.product.status])).toEqual([
      ['tee', 'active'],
      ['mug', 'draft'],
      ['tee', 'active'],
    ]);
    expect(reading.products[2]?.variants[0]?.content.options).toEqual({ size: 'L', color: 'Red' });
    expect(complaints(reading)).toEqual(['quantity_not_whole@6', 'product_scattered@7']);
  });

  it('leaves an unreadable quantity unknown, which is not zero', async () => {
    const mug = (await readAll(SHOPIFY)).products[1];
    expect(mug?.variants[0]?.stock).toBeUndefined();
    expect(mug?.variants[0]?.content.options).toBeUndefined();
  });

  it('reads the newer column names too', async () => {
    const reading = await readAll(
      'Title,URL handle,Vendor,SKU,Option1 name,Option1 value,Price,Continue selling when out of stock\nTee,tee,Acme,t-1,Size,S,10.00,CONTINUE\n',
    );
    expect(reading.variants[0]).toMatchObject({
      sku: 't-1',
      content: { options: { size: 'S' } },
      offer: { policy: 'backorder' },
    });
  });
});

const WOO = `ID,Type,SKU,"GTIN, UPC, EAN, or ISBN",Name,Published,Description,"Date sale price starts","Tax status","In stock?",Stock,"Backorders allowed?","Weight (kg)","Sale price","Regular price",Categories,Tags,Images,Parent,"Attribute 1 name","Attribute 1 value(s)",Brands,"Meta: fabric"
10,variable,hood,,Hoodie,1,"Warm\\nand soft",,taxable,1,,0,,,,"Clothing > Hoodies, Sale",,"https://x.example/a.jpg, https://x.example/b.jpg",,Size,"S, M",Acme,cotton
11,variation,hood-s,4006381333931,Hoodie - S,1,,2026-11-01,taxable,1,4,0,0.5,15.00,20.00,,,https://x.example/s.jpg,hood,Size,S,,
12,simple,,,"'=Formula tee",-1,,,taxable,0,,notify,,,9.00,Clothing,,,,,,,
13,variation,,,Hoodie - M,1,,,taxable,1,parent,0,,,21.00,,,,id:10,Size,M,,
14,grouped,set,,Set,1,,,taxable,1,,0,,,,,,,,,,,
15,variation,lost,,Lost,1,,,taxable,1,1,0,,,5.00,,,,nobody,Size,M,,
`;

describe('a WooCommerce product CSV', () => {
  it('attaches variations to their parent by SKU and by id', async () => {
    const reading = await readAll(WOO, { currency: 'EUR' });
    expect(reading.result).toMatchObject({
      format: 'woocommerce-csv',
      rows: 6,
      products: 3,
      variants: 4,
      rejectedRows: 1,
    });
    const [first, , again] = [
      reading.products[0],
      reading.products[1],
      reading.products.find((one, index) => index > 0 && one.product.id === 'hood'),
    ];
    expect(first?.product).toMatchObject({
      id: 'hood',
      description: 'Warm\nand soft',
      categories: ['Clothing > Hoodies', 'Sale'],
      images: ['https://x.example/a.jpg', 'https://x.example/b.jpg'],
      brand: 'Acme',
    });
    expect(first?.variants[0]).toMatchObject({
      sku: 'hood-s',
      content: { gtin: '4006381333931', options: { size: 'S' }, weight: { value: 0.5, unit: 'kg' } },
      offer: {
        price: { minor: 2000, currency: 'EUR' },
        salePrice: { minor: 1500, currency: 'EUR' },
        saleFrom: '2026-11-01T00:00:00.000Z',
      },
      stock: [{ location: 'default', onHand: 4 }],
    });
    expect(again?.variants[0]?.content).toMatchObject({ skuGenerated: true, options: { size: 'M' } });
  });

  it('reports shared stock, types that cannot be listed and orphans', async () => {
    const reading = await readAll(WOO);
    expect(complaints(reading).sort()).toEqual([
      'parent_missing@7',
      'sku_generated@4',
      'sku_generated@5',
      'stock_shared@5',
      'type_not_listable@6',
    ]);
    expect(reading.products.find((one) => one.product.id === 'set')?.product.status).toBe('draft');
    const simple = reading.products.find((one) => one.product.id === 'id:12');
    expect(simple?.product).toMatchObject({ title: '=Formula tee', status: 'draft' });
    expect(simple?.variants[0]?.stock).toEqual([{ location: 'default', onHand: 0 }]);
  });
});

const MAGENTO_HEADER =
  'sku,store_view_code,attribute_set_code,product_type,categories,name,product_online,visibility,price,special_price,additional_attributes,qty,is_in_stock,configurable_variations';
const MAGENTO = `${MAGENTO_HEADER}
P2,,Top,configurable,Default Category/Tops,Second,1,"Catalog, Search",9,,,0,1,"sku=P2-S,size=S|sku=P2-gone,size=M"
P1-S,,Top,simple,,First S,1,Not Visible Individually,10,,"size=S,brand=Acme,gtin=4006381333931",3,1,
P2-S,,Top,simple,,Second S,1,Not Visible Individually,9,,size=S,5,0,
P1,,Top,configurable,Default Category/Tops,First,2,"Catalog, Search",10,,"""material=Wool|Cotton"",""note=a, b""",0,1,"sku=P1-S,size=S"
ALONE,,Top,simple,,Alone,1,"Catalog, Search",7,5,color=Red,1,1,
HIDDEN,,Top,simple,,Hidden,1,Not Visible Individually,7,,,1,1,
KIT,,Top,bundle,,Kit,1,"Catalog, Search",,,,,1,
P1,de,Top,configurable,,Erstes,,,,,,,,
`;

describe('a Magento product CSV', () => {
  it('groups hidden simple products under their configurable, before or after it', async () => {
    const reading = await readAll(MAGENTO);
    expect(reading.result).toMatchObject({
      format: 'magento-csv',
      rows: 8,
      products: 5,
      variants: 5,
      rejectedRows: 1,
    });
    const first = reading.products.find((one) => one.product.id === 'P1');
    expect(first?.product).toMatchObject({
      status: 'draft',
      categories: ['Tops'],
      attributes: { material: ['Wool', 'Cotton'], note: 'a, b' },
    });
    expect(first?.variants[0]).toMatchObject({
      sku: 'P1-S',
      content: { options: { size: 'S' }, gtin: '4006381333931' },
    });
    expect(reading.products.find((one) => one.product.id === 'P2')?.variants.map((one) => one.stock)).toEqual(
      [[{ location: 'default', onHand: 0 }]],
    );
  });

  it('reports what it cannot put together', async () => {
    expect(complaints(await readAll(MAGENTO)).sort()).toEqual([
      'child_missing@2',
      'child_without_parent@7',
      'store_view_row@9',
      'type_not_listable@8',
    ]);
  });

  it('keeps only so many children waiting', async () => {
    const rows = ['A', 'B', 'C'].map(
      (sku) => `${sku},,Top,simple,,${sku},1,Not Visible Individually,1,,,1,1,`,
    );
    const reading = await readAll(`${MAGENTO_HEADER}\n${rows.join('\n')}\n`, {
      limits: { waitingVariants: 2 },
    });
    expect(reading.result).toMatchObject({ products: 3, variants: 3 });
    expect(complaints(reading)).toEqual([
      'child_waited_too_long@2',
      'child_without_parent@3',
      'child_without_parent@4',
    ]);
  });
});
