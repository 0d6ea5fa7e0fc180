import { LEDGER_PARTS, type LedgerPart } from '../state-chip/state-chip.js';

/** A piece of the bar, in thousandths of its width. */
export interface Segment {
  readonly part: LedgerPart;
  readonly from: number;
  readonly size: number;
}

const WIDTH = 1000;
/** A part under half a percent is drawn so wide that it cannot hide. */
const LEAST = 5;

/** The pieces of a ledger bar: in fixed order, small ones widened at the cost of the large ones. */
export function segmentsOf(parts: Readonly<Partial<Record<LedgerPart, number>>>, total: number): Segment[] {
  const present = LEDGER_PARTS.filter((part) => (parts[part] ?? 0) > 0);
  const natural = present.map((part) => ({ part, size: ((parts[part] ?? 0) / total) * WIDTH }));
  const small = natural.filter(({ size }) => size < LEAST).length;
  const large = natural.reduce((sum, { size }) => (size < LEAST ? sum : sum + size), 0);
  let from = 0;
  return natural.map(({ part, size }) => {
    const drawn = size < LEAST ? LEAST : (size / large) * (WIDTH - small * LEAST);
    const segment = { part, from, size: drawn };
    from += drawn;
    return segment;
  });
}
