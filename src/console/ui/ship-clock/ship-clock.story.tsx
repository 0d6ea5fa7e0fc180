import { ShipClock } from './ship-clock.js';

const HOUR = 3_600_000;
const from = (ms: number): string => new Date(Date.now() + ms).toISOString();

/** Late, soon, later, done, and where the channel names no time. */
export function Story() {
  return (
    <>
      <ShipClock at={from(-2 * HOUR)} />
      <ShipClock at={from(9 * HOUR)} />
      <ShipClock at={from(80 * HOUR)} />
      <ShipClock at={from(-80 * HOUR)} done />
      <ShipClock at={null} />
    </>
  );
}
