import { AsyncLocalStorage } from 'node:async_hooks';
import nodeCrypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timersPromises from 'node:timers/promises';
import { type Dice, dice } from '../chaos/dice.js';

/** A process of the simulated house, from its start to its death. Everything it waits for, it waits for in virtual time. */
export class Life {
  alive = true;
  /** Until then nothing of it goes on: the operating system stopped it. */
  pausedUntilMs = 0;

  constructor(
    readonly name: string,
    /** How far its clock is from the true one. */
    readonly skewMs: number,
  ) {}
}

/** The life whose code runs now; the world's own doings have none. */
export const currentLife = new AsyncLocalStorage<Life>();

/** What a dead process waits for. */
export function never(): Promise<never> {
  return new Promise(() => undefined);
}

interface Event {
  atMs: number;
  sequence: number;
  readonly life: Life | null;
  readonly run: () => void;
  cancelled: boolean;
}

/** 2026-11-02T08:01:55Z, a Monday: just before the first import is planned. */
const START_MS = Date.UTC(2026, 10, 2, 8, 1, 55);

const realImmediate = setImmediate;

/** One heap of (instant, sequence, what happens): nothing in a run waits for real time, and the same run always happens in the same order. */
export class VirtualTime {
  #nowMs = START_MS;
  #sequence = 0;
  readonly #heap: Event[] = [];
  events = 0;

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Milliseconds since the run began. */
  get elapsedMs(): number {
    return this.#nowMs - START_MS;
  }

  /** Plans something; what a dead process planned does not happen, what a paused one planned happens when it goes on. */
  after(ms: number, run: () => void, life: Life | null = currentLife.getStore() ?? null): Event {
    this.#sequence += 1;
    const event = {
      atMs: this.#nowMs + Math.max(0, ms),
      sequence: this.#sequence,
      life,
      run,
      cancelled: false,
    };
    this.#push(event);
    return event;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Lets everything happen until the given elapsed time, one event after the other; `check` looks at the world after each. */
  async runUntil(elapsedMs: number, check: () => void): Promise<void> {
    for (let next = this.#heap[0]; next !== undefined; next = this.#heap[0]) {
      if (next.atMs - START_MS > elapsedMs) break;
      this.#pop();
      if (next.cancelled || next.life?.alive === false) continue;
      if (next.life !== null && next.life.pausedUntilMs > next.atMs) {
        this.#sequence += 1;
        next.atMs = next.life.pausedUntilMs;
        next.sequence = this.#sequence;
        this.#push(next);
        continue;
      }
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      this.events += 1;
      if (next.life === null) currentLife.exit(next.run);
      else currentLife.run(next.life, next.run);
      // Everything that follows without waiting has happened by the next turn of the real loop.
      await new Promise((resolve) => realImmediate(resolve));
      check();
    }
    this.#nowMs = START_MS + elapsedMs;
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let at = heap.push(event) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(event, heap[parent] as Event)) break;
      heap[at] = heap[parent] as Event;
      at = parent;
    }
    heap[at] = event;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop() as Event;
    if (heap.length === 0) return;
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      const right = heap[child + 1];
      if (right !== undefined && before(right, heap[child] as Event)) child += 1;
      if (!before(heap[child] as Event, last)) break;
      heap[at] = heap[child] as Event;
      at = child;
    }
    heap[at] = last;
  }
}

function before(a: Event, b: Event): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.sequence < b.sequence);
}

/** What the simulated time is read from and moved by; exchanged with every run. While the house is loaded time stands still. */
let stage: { readonly time: VirtualTime; readonly chance: Dice } = {
  time: new VirtualTime(),
  chance: dice(0),
};

/** Puts a run on the stage. */
export function enterRun(time: VirtualTime, seed: number): void {
  stage = { time, chance: dice(seed) };
}

/**
 * Replaces timers, clock and chance of this process by virtual ones, for good: whatever the house reaches for is virtual time and seeded chance,
 * so that nothing real can slip in. Called once, before the house is loaded.
 */
export function replaceGlobals(): void {
  const timer = (run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): unknown => {
    const event = stage.time.after(ms, () => run(...given));
    return handle(() => {
      event.cancelled = true;
    });
  };
  const interval = (run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): unknown => {
    let event: Event;
    const again = (): void => {
      event = stage.time.after(ms, again);
      run(...given);
    };
    event = stage.time.after(ms, again);
    return handle(() => {
      event.cancelled = true;
    });
  };
  const clear = (known: unknown): void => (known as Handle | undefined)?.cancel();
  const random = (): number => stage.chance.below(2 ** 32) / 2 ** 32;
  Object.assign(globalThis, {
    setTimeout: timer,
    setInterval: interval,
    clearTimeout: clear,
    clearInterval: clear,
    setImmediate: (run: () => void) => timer(run, 0),
  });
  Date.now = () => stage.time.nowMs;
  Math.random = random;
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');
  nodeCrypto.randomUUID = () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
  timersPromises.setImmediate = <T>(value?: T) => Promise.resolve(value as T);
  timersPromises.setTimeout = async <T>(ms?: number, value?: T) => {
    await stage.time.sleep(ms ?? 0);
    return value as T;
  };
  syncBuiltinESMExports();
}

interface Handle {
  cancel(): void;
  unref(): Handle;
  ref(): Handle;
}

function handle(cancel: () => void): Handle {
  const made: Handle = { cancel, unref: () => made, ref: () => made };
  return made;
}
