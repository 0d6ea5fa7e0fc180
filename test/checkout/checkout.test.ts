import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CartForm, cartLink, plainCartId } from '../../src/checkout/cart-link.js';
import { pickLines, type SaleFacts } from '../../src/checkout/pick-lines.js';
import { readCheckout } from '../../src/checkout/read-request.js';

const read = (query: string) => readCheckout(new URLSearchParams(query));

describe('a call to the checkout address', () => {
  it('is read with products, coupon, and everything else kept in its order', () => {
    expect(
      read(
        'products=TEE-001%3A2%2CMUG-7%3A1&coupon=BF26&cart_origin=instagram&fbclid=AbC&utm_source=IGShopping',
      ),
    ).toEqual({
      ok: true,
      request: {
        items: [
          { id: 'TEE-001', quantity: 2 },
          { id: 'MUG-7', quantity: 1 },
        ],
        coupon: 'BF26',
        kept: [
          ['cart_origin', 'instagram'],
          ['fbclid', 'AbC'],
          ['utm_source', 'IGShopping'],
        ],
      },
    });
  });

  it('counts the same id together, up to the bound', () => {
    expect(read('products=A:2,B:1,A:3')).toMatchObject({
      request: {
        items: [
          { id: 'A', quantity: 5 },
          { id: 'B', quantity: 1 },
        ],
        coupon: null,
      },
    });
    expect(read('products=A:900,A:900')).toMatchObject({ request: { items: [{ quantity: 999 }] } });
  });

  it.each([
    ['no products', 'coupon=X', 'products_missing'],
    ['an id with a comma', 'products=A%2CB%3A2', 'products_malformed'],
    ['an id with a colon', 'products=A:B:2', 'products_malformed'],
    ['no quantity', 'products=A', 'products_malformed'],
    ['none of a product', 'products=A:0', 'products_malformed'],
    ['a quantity below zero', 'products=A:-1', 'products_malformed'],
    ['half a product', 'products=A:1.5', 'products_malformed'],
    ['an empty id', 'products=:1', 'products_malformed'],
    ['an id over 100 characters', `products=${'x'.repeat(101)}:1`, 'products_malformed'],
    [
      '101 products',
      `products=${Array.from({ length: 101 }, (_, n) => `S${n}:1`).join(',')}`,
      'too_many_products',
    ],
    ['a coupon over 100 characters', `products=A:1&coupon=${'x'.repeat(101)}`, 'coupon_too_long'],
  ])('is refused with %s', (_, query, code) => {
    expect(read(query)).toMatchObject({ ok: false, code });
  });

  it('never throws and never gives more than its bounds, whatever comes', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (products, more) => {
        const answer = readCheckout(new URLSearchParams({ products, coupon: more }));
        if (answer.ok)
          for (const { id, quantity } of answer.request.items)
            expect(id !== '' && quantity > 0 && quantity <= 999).toBe(true);
      }),
    );
    expect(read(`products=A:1&${Array.from({ length: 60 }, (_, n) => `p${n}=1`).join('&')}`)).toMatchObject({
      request: { kept: { length: 40 } },
    });
  });
});

describe('the link into the cart', () => {
  const lines = [
    { cartId: '8812', quantity: 2 },
    { cartId: '9001', quantity: 1 },
  ];
  const kept = [
    ['fbclid', 'AbC'],
    ['utm_source', 'IG'],
  ] as const;
  const template: CartForm = {
    kind: 'template',
    address: 'https://shop.example/cart/add?items={items}&discount={coupon}',
    item: '{id}:{quantity}',
    separator: ',',
  };

  it.each<[string, CartForm, string | null, string]>([
    [
      'Shopify',
      { kind: 'shopify', address: 'https://shop.example' },
      'BF26',
      'https://shop.example/cart/8812:2,9001:1?discount=BF26&fbclid=AbC&utm_source=IG',
    ],
    [
      'Shopify without a coupon',
      { kind: 'shopify', address: 'https://shop.example/' },
      null,
      'https://shop.example/cart/8812:2,9001:1?fbclid=AbC&utm_source=IG',
    ],
    [
      'WooCommerce below a path',
      { kind: 'woocommerce', address: 'https://shop.example/de' },
      'BF 26',
      'https://shop.example/de/checkout-link/?products=8812%3A2%2C9001%3A1&coupon=BF+26&fbclid=AbC&utm_source=IG',
    ],
    [
      'any other',
      template,
      'BF26',
      'https://shop.example/cart/add?items=8812:2,9001:1&discount=BF26&fbclid=AbC&utm_source=IG',
    ],
    [
      'any other without a coupon',
      template,
      null,
      'https://shop.example/cart/add?items=8812%3A2%2C9001%3A1&fbclid=AbC&utm_source=IG',
    ],
    [
      'a form of its own per item',
      {
        kind: 'template',
        address: 'https://shop.example/add?{items}',
        item: 'sku[]={id}&qty[]={quantity}',
        separator: '&',
      },
      null,
      'https://shop.example/add?sku[]=8812&qty[]=2&sku[]=9001&qty[]=1&fbclid=AbC&utm_source=IG',
    ],
  ])('is that of %s', (_, form, coupon, link) => {
    expect(decodeURIComponent(cartLink(form, { lines, coupon, kept }))).toBe(decodeURIComponent(link));
  });

  it('lets nobody outside change host, path or the shop’s own parameters', () => {
    const odd = [{ cartId: '../../evil?x=1#', quantity: 1 }];
    for (const form of [template, { kind: 'shopify', address: 'https://shop.example' } as const]) {
      const url = new URL(
        cartLink(form, {
          lines: odd,
          coupon: '&x=$&',
          kept: [
            ['discount', 'STOLEN'],
            ['items', '1:99'],
          ],
        }),
      );
      expect(url.origin).toBe('https://shop.example');
      expect(url.pathname.startsWith('/cart/')).toBe(true);
      expect(url.searchParams.get('discount')).toBe('&x=$&');
    }
  });

  it('takes the number out of a global id', () => {
    expect(plainCartId('gid://shopify/ProductVariant/70881412')).toBe('70881412');
    expect(plainCartId('sku-1')).toBe('sku-1');
  });
});

describe('what comes into the cart', () => {
  const facts = (more: Partial<SaleFacts>): SaleFacts => ({
    status: 'active',
    stock: { available: 3 },
    cartId: '1',
    ...more,
  });
  const pick = (known: SaleFacts | undefined) =>
    pickLines([{ id: 'A', quantity: 5 }], new Map(known === undefined ? [] : [['A', known]]));

  it.each<[string, SaleFacts | undefined, string]>([
    ['an unknown id', undefined, 'unknown'],
    ['a draft', facts({ status: 'draft' }), 'not_sold'],
    ['something that ended', facts({ status: 'ended' }), 'not_sold'],
    ['something sold out', facts({ stock: { available: 0 } }), 'sold_out'],
    ['something without an id in the shop', facts({ cartId: null }), 'no_cart_id'],
  ])('is not %s', (_, known, why) => {
    expect(pick(known)).toEqual({ lines: [], left: [{ id: 'A', why }] });
  });

  it.each<[string, SaleFacts]>([
    ['what is there, also when more is wanted', facts({})],
    ['what nobody counts', facts({ stock: {} })],
    ['what is not tracked', facts({ stock: { tracked: false, available: 0 } })],
    ['what may be ordered before it is there', facts({ stock: { available: 0, policy: 'backorder' } })],
  ])('is %s', (_, known) => {
    expect(pick(known)).toEqual({ lines: [{ cartId: '1', quantity: 5 }], left: [] });
  });
});
