import type { Product } from '../domain/product.js';
import { type Code, type Reach, type Run, reachOf } from './code.js';
import type { Value } from './functions/definition.js';
import type { Note } from './types.js';

/**
 * Prepares the parts of an expression that as a whole depends on more than the product: what a part does with the product
 * alone is done once per product, what it does with constants once per day. Products are compared by identity, so
 * a product parsed again costs speed, never correctness.
 */
export function kept(parts: readonly Code[]): readonly Code[] {
  const whole = wholeReach(parts);
  return parts.map((part) => (wholeReach([part]) < whole ? keptAlone(part) : part));
}

/** The same for an expression that stands alone. */
export function keptAlone(code: Code): Code {
  if (!code.costly || code.cells.size > 0 || code.reach === 2) return code;
  const run = code.reach === 1 ? oncePerProduct(code.run) : oncePerDay(code.run);
  return { ...code, run, costly: false };
}

function wholeReach(parts: readonly Code[]): Reach {
  return parts.some((part) => part.cells.size > 0) ? 2 : reachOf(parts);
}

function oncePerProduct(run: Run): Run {
  let product: Product | null = null;
  let day = '';
  let value: Value = null;
  return (frame) => {
    if (frame.product === product && frame.today === day) return value;
    value = run(frame);
    product = frame.product;
    day = frame.today;
    return value;
  };
}

/** Bad data in a constant is noted for every row, so such a value is not kept. */
function oncePerDay(run: Run): Run {
  let day: string | null = null;
  let value: Value = null;
  return (frame) => {
    if (frame.today === day) return value;
    const notes = frame.notes.length;
    const found = run(frame);
    if (frame.notes.length === notes) {
      value = found;
      day = frame.today;
    }
    return found;
  };
}

/**
 * Works a value out at most once per row, however often it is used: a var that uses another one twice would otherwise
 * double the work with every level.
 */
export function oncePerRow(code: Code): Code {
  if (code.constant || code.cells.size > 0) return code;
  if (code.reach < 2) return keptAlone({ ...code, costly: true });
  const { run } = code;
  let turn = -1;
  let value: Value = null;
  return {
    ...code,
    costly: false,
    run: (frame) => {
      if (frame.turn === turn) return value;
      value = run(frame);
      turn = frame.turn;
      return value;
    },
  };
}

/**
 * The same for the traced build: whoever uses the value again is shown what it was made of and what was noted, as if it had been
 * worked out again.
 */
export function tracedOncePerRow(code: Code): Code {
  if (code.constant || code.cells.size > 0) return code;
  const { run } = code;
  let turn = -1;
  let value: Value = null;
  let sources: ReadonlyMap<string, Value> = new Map();
  let notes: readonly Note[] = [];
  const work: Run = (frame) => {
    const outer = frame.trace;
    const before = frame.notes.length;
    const own = new Map<string, Value>();
    frame.trace = own;
    value = run(frame);
    frame.trace = outer;
    sources = own;
    notes = frame.notes.slice(before);
    turn = frame.turn;
    return value;
  };
  return {
    ...code,
    run: (frame) => {
      if (frame.turn === turn) frame.noteAgain(notes);
      else work(frame);
      for (const [path, source] of sources) frame.trace?.set(path, source);
      return value;
    },
  };
}
