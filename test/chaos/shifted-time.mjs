const RealDate = globalThis.Date;
const shift = { ms: Number(process.env.OMNIFEED_CHAOS_SHIFT_MS ?? 0) };

/** The calendar of a process that lives some minutes in the future; loaded with `node --import` before anything else. */
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + shift.ms);
    else super(...parts);
  }

  static now() {
    return RealDate.now() + shift.ms;
  }
};

/** Moves this process to `ms` milliseconds after the real time. */
export function shiftTime(ms) {
  shift.ms = ms;
}
