import type { ChannelConfig } from '../config/config.js';
import { OperatorError } from '../domain/errors.js';
import type { Location } from '../domain/location.js';

/** The location a person means: its id, or its code. Throws `unknown_location`. */
export function findLocation(locations: readonly Location[], text: string): Location {
  const found = locations.find(({ id }) => id === text) ?? locations.find(({ code }) => code === text);
  if (found) return found;
  const names = locations.map(({ id, code }) => (code === null ? id : `${id} (${code})`)).join(', ');
  throw new OperatorError(
    'unknown_location',
    `There is no location "${text}"`,
    names === '' ? 'Add it under `locations` in omnifeed.yaml.' : `Use one of: ${names}.`,
  );
}

/** The location a channel means where a buyer fetches an order: our id, our code, or the channel's own code of a store of `places:`. Null: none. */
export function meantLocation(
  locations: readonly Location[],
  places: ChannelConfig['places'],
  text: string,
): Location | null {
  const own = locations.find(({ id, code }) => id === text || code === text);
  if (own) return own;
  const [id, ...others] =
    places.find(({ kind, place }) => kind === 'store' && place === text)?.locations ?? [];
  // A store of the channel that is several locations of ours does not say which one.
  return others.length > 0 ? null : (locations.find((location) => location.id === id) ?? null);
}
