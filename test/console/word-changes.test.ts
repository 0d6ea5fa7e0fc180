import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordChanges } from '../../src/console/ui/diff/word-changes.js';

const marked = (pieces: readonly { readonly text: string; readonly changed: boolean }[]): string =>
  pieces.map(({ text, changed }) => (changed ? `[${text}]` : text)).join('');

describe('changes of a text', () => {
  it('are marked word by word', () => {
    const { before, after } = wordChanges(
      'Northwind Linen Shirt, Black, 42',
      'Northwind Linen Shirt Black 42',
    );
    expect(marked(before)).toBe('Northwind Linen Shirt[,] Black[,] 42');
    expect(marked(after)).toBe('Northwind Linen Shirt Black 42');
  });

  it('lose and invent nothing: the pieces joined are the texts', () => {
    const words = fc.array(fc.constantFrom('red', 'Größe', ' ', ',', '42', '長袖', '🙂'), { maxLength: 12 });
    fc.assert(
      fc.property(words, words, (a, b) => {
        const { before, after } = wordChanges(a.join(''), b.join(''));
        const kept = (pieces: typeof before): string =>
          pieces.flatMap(({ text, changed }) => (changed ? [] : [text])).join('');
        expect(before.map(({ text }) => text).join('')).toBe(a.join(''));
        expect(after.map(({ text }) => text).join('')).toBe(b.join(''));
        expect(kept(before)).toBe(kept(after));
      }),
    );
  });

  it('of texts too long to compare are the texts', () => {
    const long = 'word '.repeat(300);
    expect(wordChanges(long, `${long}end`).before).toEqual([{ text: long, changed: true }]);
  });
});
