import { describe, expect, it } from 'vitest';
import type { Value } from '../../../src/mapping/functions/definition.js';
import { bench, call, noteOf } from './fixture.js';

type Case = readonly [name: string, args: readonly Value[], result: Value];

describe('joining and shortening texts', () => {
  it.each<Case>([
    ['headline', [['Luma', 'Luma Analog Watch']], 'Luma Analog Watch'],
    ['headline', [["Men's Tee", 'S']], "Men's Tee S"],
    ['headline', [['Red', 'Redwood Vest']], 'Red Redwood Vest'],
    ['headline', [['Black', 'black', null, ' ']], 'Black'],
    ['headline', [['Grüne', 'Gru\u0308ne Hose']], 'Gru\u0308ne Hose'],
    ['headline', [['100', 'Sport-100 Helmet']], 'Sport-100 Helmet'],
    ['headline', [[]], ''],
    ['words', [[' a ', 1, true, null]], 'a 1 yes'],
    [
      'words',
      [
        [
          { minor: 1999, currency: 'JPY' },
          { value: 2, unit: 'lb' },
        ],
      ],
      '1999 JPY 2 lb',
    ],
    ['joined', [['a', null, 'b'], ' > '], 'a > b'],
    ['clip', ['short', 10], 'short'],
    ['clip', ['Chaz Kangeroo Hoodie', 13], 'Chaz Kangeroo'],
    ['clip', ['Chaz Kangeroo Hoodie', 12], 'Chaz'],
    ['clip', ['Hoodie, warm', 8], 'Hoodie'],
    ['clip', ['Donaudampfschifffahrt', 5], 'Donau'],
    ['clip', ['abc', 0], ''],
    ['clip', ['Bag 👩‍👩‍👧 family', 6], 'Bag'],
    ['clip', ['👩‍👩‍👧👩‍👩‍👧', 6], '👩‍👩‍👧'],
    ['clip', ['Cafe\u0301s', 4], 'Caf'],
    ['clip', ['😀😀😀😀', 2, '…'], '😀…'],
    ['clip', ['防水ダッフルバッグ', 4], '防水ダッ'],
    ['clipBytes', ['Größe', 3], 'Gr'],
    ['clipBytes', ['😀😀', 7], '😀'],
    ['clipBytes', ['abc', 3], 'abc'],
    ['clipBytes', ['für Füße', 5], 'für'],
    ['pad', ['12345', 3, '0'], '12345'],
    ['pad', ['ä', 4, 'xy'], 'xyxä'],
    ['text', [0.1 + 0.2], '0.3'],
    ['text', [1e21], '1000000000000000000000'],
    ['text', [1e-12], '0'],
    ['text', [-0], '0'],
    ['text', [false], 'no'],
    ['text', [{ minor: 12345, currency: 'KWD' }], '12.345 KWD'],
  ])('%s(%j) is %j', (name, args, result) => {
    expect(call(name, args)).toBe(result);
  });

  it('refuses a map as text and a filling of nothing', () => {
    expect(noteOf(() => call('text', [{ a: 1 }])).message).toBe('a map has no text form');
    expect(noteOf(() => call('pad', ['1', 3, ''])).message).toBe('there is nothing to fill up with');
  });

  it('refuses a text of more than 100,000 characters before it is made', () => {
    const large = 'a'.repeat(90_000);
    expect(noteOf(() => call('replace', [large, 'a', large])).pattern).toMatch('more than 100,000');
    expect(noteOf(() => call('replacePattern', [large, 'a', large])).pattern).toMatch('more than 100,000');
    expect(noteOf(() => call('pad', ['x', 1e9, '0'])).pattern).toMatch('more than 100,000');
  });

  it('charges one step per 64 characters made', () => {
    const context = bench();
    call('joined', [['a'.repeat(640)], '/'], context);
    expect(context.charged).toBe(10);
  });
});

describe('capitals', () => {
  it.each<Case>([
    ['titleCase', ['michaelkors'], 'Michaelkors'],
    ['titleCase', ['hose für den herrn'], 'Hose für den Herrn'],
    ['titleCase', ['the north face'], 'The North Face'],
    ['titleCase', ['what to look for'], 'What to Look For'],
    ['titleCase', ['iPhone case 3XL'], 'iPhone Case 3XL'],
    ['titleCase', ['TWIST-ON LID'], 'Twist-On Lid'],
    ['titleCase', ['ÉTÉ À LA PLAGE'], 'Été À la Plage'],
    ['titleCase', ['ßa'], 'ßa'],
    [
      'sentenceCase',
      ['HELLO (WORLD). "NEXT" ONE! 3 MORE. ÄPFEL'],
      'Hello (world). "Next" one! 3 more. Äpfel',
    ],
    ['sentenceCase', ['VERSION 1.5 IS OUT'], 'Version 1.5 is out'],
    ['unshout', ['Sport-100 Helmet'], 'Sport-100 Helmet'],
    ['unshout', ['HL Road Frame'], 'HL Road Frame'],
    ['unshout', ['123'], '123'],
    ['upper', ['ijß'], 'IJSS'],
  ])('%s(%j) is %j', (name, args, result) => {
    expect(call(name, args)).toBe(result);
  });

  it('puts a long run of stops and blanks into sentences without delay', () => {
    const long = `${'.'.repeat(49_000)}${' '.repeat(49_000)}x`;
    const started = process.hrtime.bigint();
    expect(call('sentenceCase', [long])).toBe(`${long.slice(0, -1)}X`);
    expect(Number(process.hrtime.bigint() - started)).toBeLessThan(2e9);
  });
});

describe('patterns', () => {
  it.each<Case>([
    ['replace', ['a.b.c', '.', '$&'], 'a$&b$&c'],
    ['replace', ['abc', '', 'x'], 'abc'],
    ['replacePattern', ['10 x 20', '(\\d+) x (\\d+)', '$2 × $1 ($0) $$'], '20 × 10 (10 x 20) $'],
    ['replacePattern', ['äöü', '[äö]', '$9'], 'ü'],
    ['replacePattern', ['abc', 'z', '!'], 'abc'],
    ['replacePattern', ['ab', '', '-'], '-a-b-'],
    ['replacePattern', ['😀a', 'a', 'b'], '😀b'],
    ['extract', ['no number', '\\d+'], null],
    ['extract', ['a1', '(x)?a'], null],
    ['extract', ['L 29"', 'L (\\d+")'], '29"'],
    ['extractAll', ['a1b22', '[a-z](\\d+)'], ['1', '22']],
    ['extractAll', ['', '\\d'], []],
  ])('%s(%j) is %j', (name, args, result) => {
    expect(call(name, args)).toEqual(result);
  });

  it('says what is wrong with a pattern when the call is prepared', () => {
    expect(noteOf(() => call('extract', ['x', '(a'])).message).toMatch(/^bad pattern: .*missing closing \)/);
    expect(noteOf(() => call('extract', ['x', 'a'.repeat(501)])).message).toMatch('longer than 500');
    expect(noteOf(() => call('extract', ['x', '(?=a)'])).message).toMatch(/^bad pattern: /);
  });

  it('needs no time for a pattern that blocks other engines', () => {
    expect(call('extract', [`${'a'.repeat(5000)}!`, '^(a+)+$'])).toBeNull();
  });
});

describe('words and parts', () => {
  it.each<Case>([
    ['mentions', ['GRÜNE Hose', 'grüne'], true],
    ['mentions', ['Free  shipping', 'free shipping'], false],
    ['mentions', ['Now 50% off!', '50%'], true],
    ['mentions', ['防水バッグ', '防水'], true],
    ['mentions', ['anything', ' '], false],
    ['mentions', ['Øl', 'l'], false],
    ['mentionsAny', ['x', []], false],
    ['mentionsAny', ['Hot deal', [null, 'deal']], true],
    ['withoutWords', ['Size 42', ['size']], '42'],
    ['withoutWords', ['Oversize bag', ['size']], 'Oversize bag'],
    ['withoutWords', ['Bag (new), blue', ['new']], 'Bag, blue'],
    ['withoutWords', ['Bag - NEW - blue', ['new']], 'Bag - blue'],
    ['withoutWords', ['T-shirt c++', ['c++', 't-shirt']], ''],
    ['withoutWords', ['Füße Größe', ['größe']], 'Füße'],
    ['before', ['abc', ''], 'abc'],
    ['after', ['abc', 'z'], null],
    ['after', ['BRAND: Acme', ':'], 'Acme'],
    ['parts', ['a/ /b', '/'], ['a', 'b']],
    ['parts', ['', ','], []],
  ])('%s(%j) is %j', (name, args, result) => {
    expect(call(name, args)).toEqual(result);
  });
});

describe('plain text', () => {
  it.each<Case>([
    ['plain', ['  two \n lines\u00a0here '], 'two lines here'],
    ['plain', ['Wa<b>t</b>er'], 'Water'],
    ['plain', ['<p>one<p>two'], 'one two'],
    ['plain', ['5 < 6 and 7 > 2'], '5 < 6 and 7 > 2'],
    ['plain', ['a<!-- x > y -->b<style>p > a{}</style>c<script>if (a<b) x()</script>d'], 'ab c d'],
    ['plain', ['<a title="x > y" href=\'#\'>link</a>'], 'link'],
    ['plain', ['&lt;p&gt; &amp;amp; &#8364; &euro; &nope;'], '<p> &amp; € € &nope;'],
    ['plain', ['<script>never closed'], ''],
    ['plain', ['<p class="a">29" x 13"</p>'], '29" x 13"'],
    ['lines', ['one\r\n\n - two\n-5 °C'], ['one', 'two', '-5 °C']],
    ['lines', ['&bull; Two-tone.<br />&bull; Hood\nadjustable.<br/>'], ['Two-tone.', 'Hood adjustable.']],
    ['lines', ['<h2>Care</h2><p>Wash <b>cold</b></p>text'], ['Care', 'Wash cold', 'text']],
    ['printable', ['a\u200bb\u00adc'], 'abc'],
    ['printable', ['a\tb\n c'], 'a b c'],
    ['printable', ['Acme® Bag™ ❤️ 1️⃣ 🇩🇪 👍🏽!'], 'Acme® Bag™ 1 !'],
    ['printable', ['ümlaut  kept'], 'ümlaut  kept'],
    ['printable', ['half \ud83d emoji'], 'half emoji'],
    ['ascii', ['Straße „Æon“ 20 €'], 'Strasse "AEon" 20 EUR'],
    ['ascii', ['Łódź'], 'Lodz'],
    ['ascii', ['日本 x'], 'x'],
    ['slug', ["Men's T-Shirt  (Blue)"], 'mens-t-shirt-blue'],
    ['slug', ['Gru\u0308n'], 'gruen'],
    ['slug', ['日本'], ''],
  ])('%s(%j) is %j', (name, args, result) => {
    expect(call(name, args)).toEqual(result);
  });

  it.each([
    '<'.repeat(100_000),
    '<a '.repeat(33_000),
    '="'.repeat(50_000),
    '</script'.repeat(12_000),
    '<!--'.repeat(25_000),
    '<script></script'.repeat(6_000),
  ])('reads hostile markup without delay (%#)', (html) => {
    const started = process.hrtime.bigint();
    call('plain', [html]);
    expect(Number(process.hrtime.bigint() - started)).toBeLessThan(2e9);
  });
});
