import type { Location } from '../domain/location.js';
import type { Delivery } from '../domain/order.js';
import type { Component } from '../domain/product.js';
import { setsOf } from '../stock/bundle.js';

/** Units of one line that are to be fulfilled. */
export interface UnitsWanted {
  readonly lineId: string;
  readonly sku: string;
  readonly units: number;
  /** What one unit takes from the shelves: the SKU itself, or the components of a bundle, which all leave from one location. */
  readonly parts: readonly Component[];
}

/** An order as far as it matters where it is fulfilled. */
export interface OrderToFulfil {
  readonly method: Delivery['method'];
  /** Where the buyer wants to fetch it: our location, the channel's words that are none of ours, or null: the channel does not say. */
  readonly wanted: Location | string | null;
  readonly lines: readonly UnitsWanted[];
}

/** A location the channel sells from, and what is free there by SKU; of a bundle, of its components. A SKU that is absent is not counted there. */
export interface Candidate {
  readonly location: Location;
  readonly free: ReadonlyMap<string, number>;
}

/** Units of a line that one location fulfils. */
export interface Part {
  readonly lineId: string;
  readonly location: string;
  readonly quantity: number;
  /** How many of them the buyer has fetched; absent: none. */
  readonly handedOver?: number;
}

/** Where an order is fulfilled and why, in a sentence for a person; no parts: nowhere. */
export interface Choice {
  readonly parts: readonly Part[];
  readonly reason: string;
  /** Units that are counted nowhere the order is fulfilled from: `2 of SHIRT-S at berlin`. */
  readonly short: readonly string[];
}

/**
 * Where an order is fulfilled. Fetched orders are where the buyer chose, whatever is there; parcels leave from the first location by priority that
 * has everything, else from as few as possible where an order may be split, else from the one that has most. A paid order is never left lying for
 * want of stock: the shortage is told. Pure.
 */
export function chooseLocation(
  order: OrderToFulfil,
  candidates: readonly Candidate[],
  split: boolean,
): Choice {
  const able = candidates.filter(({ location }) => location.uses.includes(order.method)).sort(byPriority);
  const lines = order.lines.map((line) => countedAt(line, able));
  const counted = { ...order, lines };
  return order.method === 'ship' ? chooseToShip(counted, able, split) : chooseToFetch(counted, able);
}

/** A line as far as any of the locations counts what it takes: the rest is unknown, and keeps it from nowhere. */
function countedAt(line: UnitsWanted, candidates: readonly Candidate[]): UnitsWanted {
  return { ...line, parts: line.parts.filter(({ sku }) => candidates.some(({ free }) => free.has(sku))) };
}

function byPriority({ location: a }: Candidate, { location: b }: Candidate): number {
  return a.priority - b.priority || (a.id < b.id ? -1 : 1);
}

const nowhere = (reason: string): Choice => ({ parts: [], reason, short: [] });

function chooseToFetch({ method, wanted, lines }: OrderToFulfil, able: readonly Candidate[]): Choice {
  if (typeof wanted === 'string')
    return nowhere(`the buyer fetches it at "${wanted}", which is no location of ours`);
  if (wanted !== null) {
    const there = able.find(({ location }) => location.id === wanted.id);
    return there
      ? allAt(there, lines, 'the buyer fetches it there')
      : nowhere(`the buyer fetches it at ${wanted.id}, where there is no ${method} for this channel`);
  }
  const [only, ...others] = able;
  if (only === undefined) return nowhere(`there is no location for ${method}`);
  return others.length === 0
    ? allAt(only, lines, `the only location for ${method}`)
    : nowhere(`the channel does not say at which of ${able.length} locations the buyer fetches it`);
}

function chooseToShip({ lines }: OrderToFulfil, able: readonly Candidate[], split: boolean): Choice {
  const [first] = able;
  if (first === undefined) return nowhere('parcels of this channel leave from no location');
  const counted = lines.filter(({ parts }) => parts.length > 0);
  if (counted.length === 0) return allAt(first, lines, 'first by priority; nobody counts its goods');
  const wanted = sumOf(counted);
  const full = able.find((candidate) => coverOf(candidate, counted) === wanted);
  if (full)
    return allAt(
      full,
      lines,
      full === first ? 'first by priority, and it has everything' : 'first by priority that has everything',
    );
  if (split) return chooseParts(lines, able);
  const most = mostOf(able, counted);
  return allAt(most, lines, 'no location has everything; this one has most');
}

/** From as few locations as possible: each time the one that has most of what is left. What nobody has goes with the first of them. */
function chooseParts(lines: readonly UnitsWanted[], able: readonly Candidate[]): Choice {
  let left = lines.filter(({ units }) => units > 0);
  const parts: Part[] = [];
  let rest = [...able];
  while (left.length > 0 && rest.length > 0) {
    const next = mostOf(rest, left);
    const taken = takenAt(next, left);
    if (taken.size === 0) break;
    for (const [lineId, quantity] of taken) parts.push({ lineId, location: next.location.id, quantity });
    left = left
      .map((line) => ({ ...line, units: line.units - (taken.get(line.lineId) ?? 0) }))
      .filter(({ units }) => units > 0);
    rest = rest.filter((candidate) => candidate !== next);
  }
  const first = parts[0]?.location ?? able[0]?.location.id ?? '';
  const short = left.filter(({ parts: counted }) => counted.length > 0);
  return {
    parts: left.reduce((all, line) => withMore(all, line.lineId, first, line.units), parts),
    reason: 'no location has everything: split over as few as have it',
    short: short.map(({ sku, units }) => `${units} of ${sku} at ${first}`),
  };
}

function withMore(parts: readonly Part[], lineId: string, location: string, quantity: number): Part[] {
  const known = parts.find((part) => part.lineId === lineId && part.location === location);
  if (known === undefined) return [...parts, { lineId, location, quantity }];
  return parts.map((part) => (part === known ? { ...part, quantity: part.quantity + quantity } : part));
}

function allAt(candidate: Candidate, lines: readonly UnitsWanted[], reason: string): Choice {
  const { location } = candidate;
  const wanted = lines.filter(({ units }) => units > 0);
  return {
    parts: wanted.map(({ lineId, units }) => ({ lineId, location: location.id, quantity: units })),
    reason,
    short: shortAt(candidate, wanted),
  };
}

/** What is counted there and is not enough. What nobody counts there is unknown, which is no shortage. */
function shortAt(candidate: Candidate, lines: readonly UnitsWanted[]): string[] {
  const counted = lines.map((line) => countedAt(line, [candidate])).filter(({ parts }) => parts.length > 0);
  const taken = takenAt(candidate, counted);
  return counted.flatMap(({ lineId, sku, units }) => {
    const missing = units - (taken.get(lineId) ?? 0);
    return missing > 0 ? [`${missing} of ${sku} at ${candidate.location.id}`] : [];
  });
}

function mostOf(candidates: readonly Candidate[], lines: readonly UnitsWanted[]): Candidate {
  const [first, ...others] = candidates;
  if (first === undefined) throw new RangeError('there is no candidate');
  return others.reduce((best, each) => (coverOf(each, lines) > coverOf(best, lines) ? each : best), first);
}

function coverOf(candidate: Candidate, lines: readonly UnitsWanted[]): number {
  return [...takenAt(candidate, lines).values()].reduce((sum, units) => sum + units, 0);
}

/** Units per line a location has free; two lines that take the same SKU share it. */
function takenAt({ free }: Candidate, lines: readonly UnitsWanted[]): Map<string, number> {
  const left = new Map(free);
  const taken = new Map<string, number>();
  for (const { lineId, units, parts } of lines) {
    const quantity = Math.min(units, setsOf(parts, (sku) => left.get(sku) ?? 0) ?? 0);
    if (quantity <= 0) continue;
    taken.set(lineId, quantity);
    for (const { sku, quantity: each } of parts) left.set(sku, (left.get(sku) ?? 0) - quantity * each);
  }
  return taken;
}

function sumOf(lines: readonly UnitsWanted[]): number {
  return lines.reduce((sum, { units }) => sum + units, 0);
}

/**
 * Parts after the units of an order changed: what was taken out goes from the last locations first, what was added goes where the rest of the order
 * is. The locations stay: the staff may have begun. What the buyer has fetched stays fetched. Pure.
 */
export function adjustParts(
  parts: readonly Part[],
  lines: readonly Pick<UnitsWanted, 'lineId' | 'units'>[],
): readonly Part[] {
  const home = parts[0]?.location;
  return lines.flatMap(({ lineId, units }) => {
    let left = units;
    const own = parts
      .filter((part) => part.lineId === lineId)
      .map((part) => {
        const quantity = Math.max(part.handedOver ?? 0, Math.min(part.quantity, Math.max(0, left)));
        left -= quantity;
        return { ...part, quantity };
      });
    const location = own[0]?.location ?? home;
    const all = left > 0 && location !== undefined ? withMore(own, lineId, location, left) : own;
    return all.filter(({ quantity }) => quantity > 0);
  });
}
