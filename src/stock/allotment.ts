/**
 * `open`: the channel may sell what is left of its units · `closing`: it was told that there are none, but may not have heard yet ·
 * `closed`: it certainly sells none, and every order of before is known.
 */
export type AllotmentState = 'open' | 'closing' | 'closed';

/** Units of one variant that belong to one channel in strict mode, and to no other. */
export interface Allotment {
  readonly channel: string;
  readonly state: AllotmentState;
  /** Units it was opened with. */
  readonly units: number;
  /** Units of its orders that became known since it was opened, less what was cancelled. */
  readonly sold: number;
}

/** How much of what may be promised one channel gets in strict mode, in percent. */
export interface StrictShare {
  readonly channel: string;
  readonly percent: number;
}

/** Units a channel may still sell, counted as if it had not heard of anything told since. Pure. */
export function unitsLeft({ state, units, sold }: Allotment): number {
  return state === 'closed' ? 0 : Math.max(0, units - sold);
}

/** All units channels may still sell. */
export function unitsHeld(allotments: readonly Allotment[]): number {
  return allotments.reduce((sum, allotment) => sum + unitsLeft(allotment), 0);
}

/**
 * Units each channel should have of what may be promised: whole ones, by largest remainder, the first named first. Together they are never
 * more than the percentages say; what these leave is not in strict hands. Pure.
 */
export function strictTargets(
  available: number,
  shares: readonly StrictShare[],
): ReadonlyMap<string, number> {
  const percent = shares.reduce((sum, share) => sum + share.percent, 0);
  const exact = shares.map((share) => (available * share.percent) / 100);
  const units = exact.map(Math.floor);
  let rest = Math.floor((available * Math.min(100, percent)) / 100) - units.reduce((sum, n) => sum + n, 0);
  const byRemainder = exact
    .map((share, at) => ({ at, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.at - b.at);
  for (const { at } of byRemainder) {
    if (rest <= 0) break;
    units[at] = (units[at] ?? 0) + 1;
    rest -= 1;
  }
  return new Map(shares.map((share, at) => [share.channel, units[at] ?? 0]));
}

/**
 * The next allotments of one variant. A channel gets units only when it has none left and only out of units that no other channel may still
 * sell; to get fewer, or more, it is closed first. So Σ `unitsLeft` never grows beyond what may be promised. Closed are, in this order: those that hold
 * too much of what is there, those that would at least double, and one that holds more than its share while another has nothing.
 * Channels that are not named any more are gone. Pure.
 */
export function reallot(
  available: number,
  shares: readonly StrictShare[],
  current: readonly Allotment[],
): readonly Allotment[] {
  const targets = strictTargets(available, shares);
  const known = new Map(current.map((allotment) => [allotment.channel, allotment]));
  const next = shares.map(
    ({ channel }): Allotment => known.get(channel) ?? { channel, state: 'closed', units: 0, sold: 0 },
  );
  const surplus = (allotment: Allotment): number =>
    unitsLeft(allotment) - (targets.get(allotment.channel) ?? 0);
  closeSurplus(next, available, surplus);
  const free = available - unitsHeld(next);
  for (const [at, allotment] of next.entries()) {
    const left = unitsLeft(allotment);
    const missing = -surplus(allotment);
    if (allotment.state === 'open' && left > 0 && missing >= left && free >= missing) close(next, at);
  }
  closeForStarving(next, { free, surplus, targets });
  return opened(next, available, targets);
}

type Surplus = (allotment: Allotment) => number;

/** More is out than there is: those go first that are furthest above their share. */
function closeSurplus(next: Allotment[], available: number, surplus: Surplus): void {
  const open = (): number => unitsHeld(next.filter(({ state }) => state === 'open'));
  while (open() > available) {
    const at = furthestAbove(next, surplus);
    if (at === null) return;
    close(next, at);
  }
}

function closeForStarving(
  next: Allotment[],
  known: {
    readonly free: number;
    readonly surplus: Surplus;
    readonly targets: ReadonlyMap<string, number>;
  },
): void {
  if (known.free >= 1 || next.some(({ state }) => state === 'closing')) return;
  const starving = next.some(
    (allotment) => unitsLeft(allotment) === 0 && (known.targets.get(allotment.channel) ?? 0) > 0,
  );
  if (!starving) return;
  const at = furthestAbove(next, known.surplus);
  const richest = at === null ? undefined : next[at];
  if (at !== null && richest && known.surplus(richest) > 0) close(next, at);
}

function furthestAbove(next: readonly Allotment[], surplus: Surplus): number | null {
  let best: { readonly at: number; readonly above: number } | null = null;
  for (const [at, allotment] of next.entries()) {
    if (allotment.state !== 'open' || unitsLeft(allotment) === 0) continue;
    const above = surplus(allotment);
    if (best === null || above >= best.above) best = { at, above };
  }
  return best?.at ?? null;
}

function close(next: Allotment[], at: number): void {
  const allotment = next[at];
  if (allotment) next[at] = { ...allotment, state: 'closing' };
}

/** Sold out is as good as closed: nothing is left that could be sold unseen. */
function opened(
  next: readonly Allotment[],
  available: number,
  targets: ReadonlyMap<string, number>,
): readonly Allotment[] {
  let free = available - unitsHeld(next);
  return next.map((allotment): Allotment => {
    if (allotment.state === 'closing' || unitsLeft(allotment) > 0) return allotment;
    const units = Math.min(targets.get(allotment.channel) ?? 0, free);
    if (units <= 0) return allotment;
    free -= units;
    return { ...allotment, state: 'open', units, sold: 0 };
  });
}
