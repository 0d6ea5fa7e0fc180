/** Lets one piece of work through at a time, in the order of asking. */
export interface Turnstile {
  take<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** A new turnstile. A failed piece of work does not stop the next one. */
export function turnstile(): Turnstile {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take(work) {
      const turn = last.then(work, work);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
