import { describe, expect, it } from 'vitest';
import { localised, localiser } from '../../src/catalog/localise.js';
import type { Product } from '../../src/domain/product.js';

const jacket: Product = {
  id: 'jacket',
  status: 'active',
  title: 'Jacket',
  description: 'Warm.',
  seoTitle: 'Buy a jacket',
  link: 'https://shop.example/products/jacket?ref=1',
  translations: { de: { title: 'Jacke', slug: 'jacke' }, pt: { title: 'Casaco' } },
};

describe('texts in the language of a channel', () => {
  it('are the own ones when the channel speaks the language of the catalog', () => {
    expect(localised(jacket, { use: 'en', own: 'en' })).toBe(jacket);
    expect(localised(jacket, { use: 'en-gb', own: 'en' })).toBe(jacket);
  });

  it('are never half translated: what is not translated is left out', () => {
    const german = localised(jacket, { use: 'de', own: 'en' });
    expect(german.title).toBe('Jacke');
    expect(german).not.toHaveProperty('description');
    expect(german).not.toHaveProperty('seoTitle');
    expect(german.link).toBe('https://shop.example/products/jacke?ref=1');
    expect(localised(jacket, { use: 'fr', own: 'en' })).not.toHaveProperty('title');
  });

  it('fall back only where the mapping says so', () => {
    expect(localised(jacket, { use: 'de', else: ['en'], own: 'en' })).toMatchObject({
      title: 'Jacke',
      description: 'Warm.',
    });
    expect(localised(jacket, { use: 'fr', else: ['en'], own: 'en' })).toMatchObject({
      title: 'Jacket',
      seoTitle: 'Buy a jacket',
    });
  });

  it('are found under the language without its region', () => {
    expect(localised(jacket, { use: 'pt-br', own: 'en' }).title).toBe('Casaco');
  });

  it('are taken as they are when nothing is translated and nobody stated a language', () => {
    const { translations: _, ...plain } = jacket;
    expect(localised(plain, { use: 'de' })).toBe(plain);
    expect(localised(plain, { use: 'de', own: 'en' })).not.toHaveProperty('title');
  });

  it('are the same object for the same product', () => {
    const german = localiser({ use: 'de', own: 'en' });
    expect(german(jacket)).toBe(german(jacket));
  });
});
