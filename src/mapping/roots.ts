import type { ChannelFacts } from '../domain/channel-facts.js';
import type { Reach, Run } from './code.js';
import type { Frame } from './frame.js';
import type { Value } from './functions/definition.js';

/** A variable of the language: how its fields (or itself) are read from a frame. */
export interface Root {
  readonly reach: Reach;
  /** Fields that reach further than the rest. */
  readonly widest?: ReadonlySet<string>;
  /** Reads the variable as a whole. */
  readonly whole: Run;
  /** Reads one of its fields; null: there is no short way, read the whole and take the field. */
  field(name: string): Run | null;
}

// Row data is JSON of the domain's types; expressions see it as values and never change it.
function asValue(data: unknown): Value {
  return (data ?? null) as Value;
}

const TEXTS: ReadonlySet<string> = new Set(['title', 'description', 'seoTitle', 'seoDescription']);
const SUMMARY: ReadonlySet<string> = new Set(['variantCount', 'optionValues', 'priceFrom', 'priceTo']);

const PRODUCT: Root = {
  reach: 1,
  // It belongs to the product but comes and goes with each sale: kept with the product it would be stale.
  widest: new Set(['available']),
  whole: (frame) => asValue(frame.product),
  field(name) {
    if (name === 'available') return (frame) => frame.productAvailable;
    if (TEXTS.has(name)) {
      const text = name as 'title';
      return (frame) => frame.texts[text] ?? null;
    }
    if (SUMMARY.has(name)) {
      const fact = name as 'variantCount';
      return (frame) => asValue(frame.product.summary?.[fact]);
    }
    const field = name as 'brand';
    return (frame) => asValue(frame.product[field]);
  },
};

const VARIANT: Root = {
  reach: 2,
  whole: (frame) => asValue(frame.variant),
  field(name) {
    const field = name as 'price';
    return (frame) => asValue(frame.variant[field]);
  },
};

const STOCK: Root = {
  reach: 2,
  whole: (frame) => asValue(frame.stock),
  field(name) {
    const field = name as 'available';
    return (frame) => asValue(frame.stock[field]);
  },
};

const TODAY: Root = { reach: 2, whole: (frame) => frame.today, field: () => null };

function channelRoot(channel: ChannelFacts): Root {
  return {
    reach: 0,
    whole: () => asValue(channel),
    field(name) {
      const value = asValue(channel[name as 'id']);
      return () => value;
    },
  };
}

/** The variables of a mapping's expressions. */
export function mappingRoots(channel: ChannelFacts): ReadonlyMap<string, Root> {
  return new Map<string, Root>([
    ['product', PRODUCT],
    ['variant', VARIANT],
    ['stock', STOCK],
    ['today', TODAY],
    ['channel', channelRoot(channel)],
  ]);
}

/** A variable handed in by name, for expressions outside a mapping. */
export function inputRoot(name: string): Root {
  const read = (frame: Frame) => (Object.hasOwn(frame.inputs, name) ? (frame.inputs[name] ?? null) : null);
  return { reach: 2, whole: read, field: () => null };
}
