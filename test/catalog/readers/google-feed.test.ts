import { describe, expect, it } from 'vitest';
import { complaints, readAll } from './read-all.js';

const ITEM = (id: string, more = '') =>
  `<g:id>${id}</g:id><title>Plain</title><g:title>Shirt ${id}</g:title><g:price>19.99 EUR</g:price><g:sale_price>14.99 EUR</g:sale_price>
   <g:sale_price_effective_date>2026-11-27T00:00+01:00/2026-12-01T00:00+01:00</g:sale_price_effective_date>
   <g:image_link>https://x.example/1.jpg</g:image_link><g:additional_image_link>https://x.example/2.jpg</g:additional_image_link>
   <g:additional_image_link>https://x.example/3.jpg</g:additional_image_link><g:gtin>4006381333931</g:gtin><g:color>Red</g:color>
   <g:product_type>Apparel>Shirts</g:product_type><g:shipping_weight>1.5 kg</g:shipping_weight>
   <g:shipping><g:country>DE</g:country><g:price>4.90 EUR</g:price></g:shipping><g:custom_label_0>hot</g:custom_label_0>${more}`;

const RSS = `<?xml version="1.0"?><rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>
<item>${ITEM('s', '<g:item_group_id>shirt</g:item_group_id><g:availability>in stock</g:availability><link>https://x.example/s</link>')}</item>
<item>${ITEM('m', '<g:item_group_id>shirt</g:item_group_id><g:availability>out_of_stock</g:availability>')}</item>
<item>${ITEM('solo', '<g:availability>preorder</g:availability><g:availability_date>2026-12-24T00:00+01:00</g:availability_date><g:quantity>3</g:quantity>')}</item>
<item><title>No id</title></item>
</channel></rss>`;

describe('a Google product feed', () => {
  it('is read from RSS with groups, prices, windows and stock', async () => {
    const reading = await readAll(RSS, { currency: undefined as unknown as string });
    expect(reading.result).toMatchObject({
      format: 'google-xml',
      rows: 4,
      products: 2,
      variants: 3,
      rejectedRows: 1,
    });
    expect(reading.products.map((one) => one.product.id)).toEqual(['shirt', 'solo']);
    expect(reading.variants[0]).toEqual({
      sku: 's',
      line: 2,
      content: {
        gtin: '4006381333931',
        title: 'Shirt s',
        link: 'https://x.example/s',
        images: ['https://x.example/1.jpg', 'https://x.example/2.jpg', 'https://x.example/3.jpg'],
        weight: { value: 1.5, unit: 'kg' },
        options: { color: 'Red' },
        attributes: { shipping: ['DE:4.90 EUR'], custom_label_0: 'hot' },
      },
      offer: {
        price: { minor: 1999, currency: 'EUR' },
        salePrice: { minor: 1499, currency: 'EUR' },
        saleFrom: '2026-11-26T23:00:00.000Z',
        saleTo: '2026-11-30T23:00:00.000Z',
        tracked: false,
      },
    });
    expect(reading.variants[1]?.stock).toEqual([{ location: 'default', onHand: 0 }]);
    expect(reading.variants[2]).toMatchObject({
      offer: { policy: 'preorder', restockAt: '2026-12-23T23:00:00.000Z' },
      stock: [{ location: 'default', onHand: 3 }],
    });
    expect(reading.products[0]?.product.categories).toEqual(['Apparel > Shirts']);
    expect(complaints(reading)).toEqual([expect.stringMatching(/^id_missing@\d+$/)]);
  });

  it('is read from Atom, where the address is an attribute', async () => {
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><entry>${ITEM('a')}<link href="https://x.example/a"/></entry></feed>`;
    const reading = await readAll(atom);
    expect(reading.products[0]?.product.link).toBe('https://x.example/a');
  });

  it('is read from TSV with lists in a cell', async () => {
    const tsv =
      'id\ttitle\tprice\tavailability\timage link\tadditional image link\titem group id\n1\tA\t5.00 USD\tin_stock\thttps://x.example/1.jpg\thttps://x.example/2.jpg,https://x.example/3.jpg\tg\n2\tB\t6,00 USD\tin_stock\t\t\tg\n';
    const reading = await readAll(tsv);
    expect(reading.result).toMatchObject({ format: 'google-tsv', delimiter: '\t', products: 1, variants: 2 });
    expect(reading.products[0]?.product.images).toHaveLength(3);
    expect(complaints(reading)).toEqual(['price_decimal_comma@3']);
  });

  it('refuses elements nested beyond any product', async () => {
    const deep = `<rss>${'<a>'.repeat(70)}${'</a>'.repeat(70)}</rss>`;
    await expect(readAll(deep)).rejects.toMatchObject({ code: 'source_too_deep' });
  });
});
