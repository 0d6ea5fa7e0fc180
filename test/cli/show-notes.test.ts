import { expect, it } from 'vitest';
import { noteLines } from '../../src/cli/show-notes.js';
import type { NoteCount } from '../../src/mapping/notes.js';

const AT = '2026-11-24T08:00:00.000Z';

function note(count: number, more: Partial<NoteCount>): NoteCount {
  return {
    attribute: null,
    pattern: 'p',
    file: 'm.yaml',
    line: 1,
    miss: null,
    count,
    first: { sku: 'A', message: 'p' },
    ...more,
  };
}

it('shows the commonest troubles with an example and what lookup tables lack', () => {
  const counts = [
    note(1_376, {
      attribute: 'n',
      pattern: '"…" is not a number',
      first: { sku: 'MH01-XS-Black', message: '"XS" is not a number' },
    }),
    note(48, { miss: { table: 'color', key: 'multicolored' } }),
    note(30, { miss: { table: 'color', key: 'beige' } }),
  ];
  expect(noteLines([{ mode: 'all', at: AT, variants: 1_891, total: 1_454, counts }], '  ')).toEqual([
    '  notes of the mapping on 1,891 variants, 2026-11-24 (work on the product alone is noted once per product):',
    '    1,376 variants: attributes.n: "…" is not a number (first: MH01-XS-Black, "XS")',
    '    color: multicolored 48, beige 30',
  ]);
});

it('says nothing of a pass without notes, and how many kinds of trouble it leaves out', () => {
  const counts = Array.from({ length: 7 }, (_, n) => note(9 - n, { pattern: `trouble ${n}` }));
  const lines = noteLines(
    [
      { mode: 'all', at: AT, variants: 3, total: 0, counts: [] },
      { mode: 'changes', at: AT, variants: 1, total: 42, counts },
    ],
    '',
  );
  expect(lines[0]).toMatch(/^notes of the mapping on 1 variant that changed since/);
  expect(lines).toHaveLength(1 + 5 + 1);
  expect(lines.at(-1)).toBe('  and 2 more (see --json)');
});
