import { convertMeasure } from '../../domain/measure.js';
import { asList, asNumber, isList, isMeasure, isMoney, isRecord, wrongKind } from './arguments.js';
import { isBlank } from './blank.js';
import { compareValues, sameCurrency, valueKey } from './compare.js';
import { BadData, type FunctionDefinition, type Value } from './definition.js';
import { producedList } from './produce.js';

const group = 'Lists and maps';

/** Lists of any one type, and the entries of a map. */
export const LISTS: readonly FunctionDefinition[] = [
  {
    name: 'take',
    group,
    signatures: ['take(list<A>, int): list<A>'],
    doc: 'the first n',
    example: { source: 'take(["a", "b", "c"], 2)', result: '["a","b"]' },
    prepare: () => (_context, list, count) => asList(list).slice(0, Math.max(0, asNumber(count))),
  },
  {
    name: 'skip',
    group,
    signatures: ['skip(list<A>, int): list<A>'],
    doc: 'without the first n',
    example: { source: 'skip(["a", "b", "c"], 1)', result: '["b","c"]' },
    prepare: () => (_context, list, count) => asList(list).slice(Math.max(0, asNumber(count))),
  },
  {
    name: 'distinct',
    group,
    signatures: ['distinct(list<A>): list<A>'],
    doc: 'each once, first place kept, blanks left out',
    example: { source: 'distinct(["a", "b", "a"])', result: '["a","b"]' },
    prepare: () => (_context, list) => distinct(asList(list)),
  },
  {
    name: 'without',
    group,
    signatures: ['without(list<A>, list<A>): list<A>'],
    doc: 'the first list less what is in the second',
    example: { source: 'without(["a", "b"], ["b"])', result: '["a"]' },
    prepare: () => (_context, list, unwanted) => {
      const keys = new Set(asList(unwanted).map(valueKey));
      return asList(list).filter((entry) => !keys.has(valueKey(entry)));
    },
  },
  {
    name: 'sort',
    group,
    signatures: ['sort(list<A>): list<A>'],
    doc: 'small to large; text by code point',
    example: { source: 'sort(["b", "a"])', result: '["a","b"]' },
    prepare: () => (_context, list) =>
      asList(list)
        .filter((entry) => entry !== null)
        .sort(compareValues),
  },
  {
    name: 'flatten',
    group,
    signatures: ['flatten(list<list<A>>): list<A>'],
    doc: 'one level of nesting taken out',
    example: { source: 'flatten([["a"], ["b", "c"]])', result: '["a","b","c"]' },
    prepare: () => (context, list) =>
      producedList(
        context,
        asList(list).flatMap((entry) => (isList(entry) ? entry : entry === null ? [] : [entry])),
      ),
  },
  {
    name: 'min',
    group,
    signatures: ['min(list<A>): A'],
    doc: 'the smallest, blanks ignored',
    example: { source: 'min([3, 1, 2])', result: '1' },
    prepare: () => (_context, list) => extreme(asList(list), -1),
  },
  {
    name: 'max',
    group,
    signatures: ['max(list<A>): A'],
    doc: 'the largest, blanks ignored',
    example: { source: 'max([3, 1, 2])', result: '3' },
    prepare: () => (_context, list) => extreme(asList(list), 1),
  },
  {
    name: 'sum',
    group,
    signatures: ['sum(list<A>): A'],
    doc: 'added up, blanks ignored',
    example: { source: 'sum([3, 1, 2])', result: '6' },
    prepare: () => (_context, list) => {
      const entries = asList(list).filter((entry) => !isBlank(entry));
      const [first = null, ...rest] = entries;
      return rest.reduce(added, first === null ? null : added(first, null));
    },
  },
  {
    name: 'pairs',
    group,
    signatures: ['pairs(map<string, A>): list<Pair>'],
    doc: 'key and value of each entry that is not blank',
    example: {
      source: 'pairs(variant.options).map(p, p.key + ":" + text(p.value))',
      result: '["color:Blue","size:29 in"]',
    },
    prepare: () => (context, map) => {
      if (!isRecord(map)) throw wrongKind(map, 'a map');
      const entries = Object.entries(map).filter(([, value]) => !isBlank(value));
      return producedList(
        context,
        entries.map(([key, value = null]) => ({ key, value })),
      );
    },
  },
];

function distinct(list: readonly Value[]): readonly Value[] {
  const seen = new Set<string>();
  return list.filter((entry) => {
    if (isBlank(entry)) return false;
    const before = seen.size;
    return seen.add(valueKey(entry)).size > before;
  });
}

/** The entry that is furthest in a direction: -1 the smallest, 1 the largest; nothing for a list of blanks. */
function extreme(list: readonly Value[], direction: 1 | -1): Value {
  let found: Value = null;
  for (const entry of list) {
    if (isBlank(entry)) continue;
    if (found === null || compareValues(entry, found) * direction > 0) found = entry;
  }
  return found;
}

function added(a: Value, b: Value): Value {
  if (typeof a === 'number' && (b === null || typeof b === 'number')) return safeSum(a, b ?? 0);
  if (isMoney(a) && (b === null || isMoney(b))) {
    if (b === null) return { minor: a.minor, currency: a.currency };
    sameCurrency(a, b);
    return { minor: safeSum(a.minor, b.minor), currency: a.currency };
  }
  if (isMeasure(a) && (b === null || isMeasure(b))) {
    const other = b === null ? { value: 0, unit: a.unit } : convertMeasure(b, a.unit);
    if (other) return { value: a.value + other.value, unit: a.unit };
  }
  throw new BadData('these values cannot be added up', 'these values cannot be added up');
}

function safeSum(a: number, b: number): number {
  const sum = a + b;
  if (Number.isInteger(sum) && !Number.isSafeInteger(sum)) {
    throw new BadData('the sum is too large to be exact', 'the sum is too large to be exact');
  }
  return sum;
}
