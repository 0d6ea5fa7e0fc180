import { describe, expect, it } from 'vitest';
import { readImage } from '../../src/inspect/read-image.js';
import { readPage } from '../../src/inspect/read-page.js';
import { bmp, gif, jpeg, png, webp } from './pictures.js';

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const script = (value: unknown): string =>
  `<html><head><script type="application/ld+json">${typeof value === 'string' ? value : JSON.stringify(value)}</script></head></html>`;

describe('the first bytes of a picture', () => {
  it.each([
    ['jpeg', jpeg(1500, 1200)],
    ['png', png(1500, 1200)],
    ['gif', gif(1500, 1200)],
    ['webp', webp(1500, 1200)],
    ['bmp', bmp(1500, 1200)],
  ])('tell type and size of a %s', (type, bytes) => {
    expect(readImage(bytes)).toEqual({ type, width: 1500, height: 1200 });
  });

  it('tell the size behind a thumbnail, and the type alone when they end before it', () => {
    expect(readImage(jpeg(800, 600, 150_000))).toEqual({ type: 'jpeg', width: 800, height: 600 });
    expect(readImage(jpeg(800, 600, 150_000).subarray(0, 100_000))).toEqual({
      type: 'jpeg',
      width: null,
      height: null,
    });
  });

  it('tell a drawing from a picture, and a page from both', () => {
    const svg = Buffer.from(
      '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>',
    );
    expect(readImage(svg).type).toBe('svg');
    expect(readImage(Buffer.from('<!doctype html><title>Not found</title>'))).toEqual({
      type: null,
      width: null,
      height: null,
    });
    expect(readImage(Buffer.alloc(0)).type).toBeNull();
  });
});

describe('the structured data of a page', () => {
  it('states price and availability of one product', () => {
    const product = {
      '@type': 'Product',
      sku: 'A',
      offers: {
        '@type': 'Offer',
        price: '19.99',
        priceCurrency: 'EUR',
        availability: 'https://schema.org/InStock',
      },
    };
    expect(readPage(script(product))).toEqual([{ sku: 'A', price: eur(1999), availability: 'in_stock' }]);
  });

  it('states every variant of a group, also in a graph and with numbers', () => {
    const variant = (sku: string, price: number) => ({
      '@type': ['Product'],
      sku,
      offers: [
        { '@type': 'http://schema.org/Offer', price, priceCurrency: 'eur', availability: 'OutOfStock' },
      ],
    });
    const graph = {
      '@graph': [{ '@type': 'ProductGroup', hasVariant: [variant('A', 5), variant('B', 6.5)] }],
    };
    expect(readPage(script(graph))).toEqual([
      { sku: 'A', price: eur(500), availability: 'out_of_stock' },
      { sku: 'B', price: eur(650), availability: 'out_of_stock' },
    ]);
  });

  it('states the price in a specification', () => {
    const offer = { '@type': 'Offer', priceSpecification: [{ price: '7.00', priceCurrency: 'EUR' }] };
    expect(readPage(script({ '@type': 'Product', offers: offer }))).toMatchObject([{ price: eur(700) }]);
  });

  it('is in meta tags where there is no other', () => {
    const html =
      '<meta property="product:price:amount" content="12.50"><meta content="EUR" property="product:price:currency">';
    expect(readPage(html)).toEqual([{ sku: null, price: eur(1250), availability: null }]);
  });

  it('says nothing when it is broken, absent, or not plain digits', () => {
    expect(readPage(script('{"@type": "Product", '))).toEqual([]);
    expect(readPage('<html><p>19.99 EUR</p></html>')).toEqual([]);
    const odd = { '@type': 'Offer', price: '1.299,00', priceCurrency: 'EUR' };
    expect(readPage(script(odd))).toEqual([{ sku: null, price: null, availability: null }]);
  });

  it('is read to a bound, however deep and long it is', () => {
    let nest: unknown = { '@type': 'Offer', price: '1', priceCurrency: 'EUR' };
    for (let depth = 0; depth < 100; depth++) nest = { inside: nest };
    expect(readPage(script(nest))).toEqual([]);
    const many = Array.from({ length: 2_000 }, () => ({
      '@type': 'Offer',
      price: '1',
      priceCurrency: 'EUR',
    }));
    expect(readPage(script(many))).toHaveLength(500);
  });
});
