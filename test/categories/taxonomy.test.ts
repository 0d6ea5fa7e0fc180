import { describe, expect, it } from 'vitest';
import { readTaxonomy } from '../../src/categories/taxonomy.js';
import { OperatorError } from '../../src/domain/errors.js';

const TEXT = `# Google_Product_Taxonomy_Version: 2021-09-21
1 - Animals & Pet Supplies
3237 - Animals & Pet Supplies > Live Animals
`;

function codeOf(text: string): string {
  try {
    readTaxonomy(text);
    return 'read';
  } catch (error) {
    return error instanceof OperatorError ? error.code : String(error);
  }
}

describe('a taxonomy file', () => {
  it.each([
    ['as Google publishes it', TEXT],
    ['with a mark, other line ends and blank lines', `\uFEFF${TEXT.replaceAll('\n', '\r\n')}\r\n`],
  ])('is read %s', (_how, text) => {
    const taxonomy = readTaxonomy(text);
    expect(taxonomy.edition).toBe('2021-09-21');
    expect(taxonomy.byId.get('3237')).toEqual({
      id: '3237',
      levels: ['Animals & Pet Supplies', 'Live Animals'],
      path: 'Animals & Pet Supplies > Live Animals',
    });
    expect(taxonomy.categories).toHaveLength(2);
  });

  it('may be in another language and keep its edition to itself', () => {
    const taxonomy = readTaxonomy('1 - Tiere & Tierbedarf\n5181 - Taschen & Gepäck\n');
    expect(taxonomy).toMatchObject({ edition: null });
    expect(taxonomy.byId.get('5181')?.path).toBe('Taschen & Gepäck');
  });

  const counted = Array.from({ length: 120 }, (_, place) => `${place + 1} - Category ${place}`).join('\n');
  it.each([
    ['without ids', 'taxonomy_without_ids', '# Version: 2021-09-21\nAnimals & Pet Supplies\n'],
    ['numbered by somebody else', 'taxonomy_renumbered', counted],
    ['with the same id twice', 'taxonomy_id_twice', `${TEXT}1 - Toys\n`],
    ['with a line that is none', 'taxonomy_unreadable', `${TEXT}<html>\n`],
    ['without categories', 'taxonomy_empty', '# Version: 2021-09-21\n'],
    ['that is a page', 'taxonomy_without_ids', '<!doctype html><title>Not found</title>'],
  ])('%s is refused as %s', (_what, code, text) => {
    expect(codeOf(text)).toBe(code);
  });
});
