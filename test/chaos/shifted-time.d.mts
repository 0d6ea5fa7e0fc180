/** Moves this process to `ms` milliseconds after the real time. */
export function shiftTime(ms: number): void;
