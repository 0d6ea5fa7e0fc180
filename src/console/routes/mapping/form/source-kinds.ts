import type { Source } from '../../../../mapping/form/form-model.js';
import { readSource } from '../../../../mapping/form/read-source.js';
import type { SourceEdit } from '../../../../mapping/form/write-expression.js';

/** What somebody can choose from; other kinds are shown where they stand. */
export const SOURCE_KINDS = [
  'field',
  'fixed',
  'joined',
  'first',
  'if',
  'cut',
  'lookup',
  'category',
  'price',
  'nothing',
  'expression',
] as const satisfies readonly Source['kind'][];
/** One of them. */
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** A source of another kind, made of what stood there as far as that makes sense. */
export function freshSource(kind: SourceKind, text: string): SourceEdit {
  const before = readSource(text);
  const kept = before.kind === 'nothing' ? 'product.title' : text;
  switch (kind) {
    case 'field':
      return { kind, path: before.kind === 'field' ? before.path : 'product.title' };
    case 'fixed':
      return { kind, value: before.kind === 'fixed' ? before.value : '' };
    case 'joined':
      return { kind, how: 'words', parts: [kept], separator: null };
    case 'first':
      return { kind, of: [kept] };
    case 'if':
      return { kind, condition: 'has(product.title)', chosen: kept, otherwise: null };
    case 'cut':
      return { kind, of: kept, longest: '150' };
    case 'lookup':
      return { kind, table: 'gender', of: kept, column: null };
    case 'category':
      return { kind, table: 'google-category', of: kept };
    case 'price':
      return { kind, how: 'percent', of: before.kind === 'field' ? kept : 'variant.price', by: 10 };
    case 'nothing':
      return { kind };
    case 'expression':
      return { kind, text: kept };
  }
}
