import { asList, asText } from './arguments.js';
import { isBlank } from './blank.js';
import type { FunctionDefinition } from './definition.js';

const group = 'Choice and missing values';

/** Choosing between values. The compiler works `default`, `first` and `when` out lazily; these are their plain meaning. */
export const CHOICE: readonly FunctionDefinition[] = [
  {
    name: 'default',
    group,
    signatures: ['default(A, A): A'],
    doc: 'the value, or the second one when it is missing or blank',
    example: { source: 'default(product.brand, "Acme")', result: '"Acme"' },
    seesNothing: true,
    prepare:
      () =>
      (_context, value = null, other = null) =>
        isBlank(value) ? other : value,
  },
  {
    name: 'first',
    group,
    signatures: ['first(list<A>): A'],
    doc: 'the first value that is not blank',
    example: {
      source: 'first([variant.mpn, product.attributes.model, variant.sku])',
      result: '"24-MB01"',
    },
    seesNothing: true,
    prepare:
      () =>
      (_context, list = null) =>
        list === null ? null : (asList(list).find((entry) => !isBlank(entry)) ?? null),
  },
  {
    name: 'when',
    group,
    signatures: ['when(bool, A): A', 'when(bool, A, A): A'],
    doc: 'IF: the value, else nothing (or the other value); only the branch taken is worked out',
    example: { source: 'when(stock.available > 0, "in_stock", "out_of_stock")', result: '"in_stock"' },
    seesNothing: true,
    prepare:
      () =>
      (_context, condition = null, value = null, other = null) =>
        condition === true ? value : other,
  },
  {
    name: 'blank',
    group,
    signatures: ['blank(dyn): bool'],
    doc: 'true for nothing, empty or only-blanks text, and lists of such',
    example: { source: 'blank(product.brand)', result: 'true' },
    seesNothing: true,
    prepare: () => (_context, value) => isBlank(value),
  },
  {
    name: 'oneOf',
    group,
    signatures: ['oneOf(string, list<string>): string'],
    doc: "the text in the list's spelling if it is in it (case and blanks ignored), else nothing",
    example: { source: 'oneOf(" Men", ["men", "women"])', result: '"men"' },
    prepare: () => (_context, text, list) => {
      const wanted = asText(text).trim().toLowerCase();
      const found = asList(list).find(
        (entry) => typeof entry === 'string' && entry.trim().toLowerCase() === wanted,
      );
      return found ?? null;
    },
  },
];
