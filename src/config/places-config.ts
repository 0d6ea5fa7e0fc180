import { isJsonObject, type JsonObject, type JsonValue } from '../domain/json.js';
import type { Pickup, PlaceKind, PlaceSetup } from '../domain/place.js';
import type { ConfigMistake } from './config-error.js';
import type { ConfigFile, ConfigPath } from './config-file.js';
import { members } from './config-members.js';

/** The places of a channel from `places: { <location>: { store: CODE } }`; several locations may be one place, their units are added. */
export function placesOf(places: JsonObject): PlaceSetup[] {
  const found = new Map<string, PlaceSetup>();
  for (const [location, about] of members(places)) {
    const kind: PlaceKind = typeof about.region === 'string' ? 'region' : 'store';
    const place = String(about[kind]);
    const key = `${kind} ${place}`;
    const known = found.get(key);
    found.set(key, {
      kind,
      place,
      locations: [...(known?.locations ?? []), location],
      pickup: known?.pickup ?? pickupOf(about.pickup),
    });
  }
  return [...found.values()];
}

function pickupOf(pickup: JsonValue | undefined): Pickup | null {
  if (!isJsonObject(pickup)) return null;
  return { method: String(pickup.method), sla: typeof pickup.sla === 'string' ? pickup.sla : null };
}

/** A location is one store or one region of the channel, and only a store can be collected from. */
export function placesMistakes(
  file: ConfigFile,
  at: ConfigPath,
  places: JsonValue | undefined,
): ConfigMistake[] {
  return members(places).flatMap(([location, about]) => {
    const ways = ['store', 'region'].filter((name) => about[name] !== undefined);
    const path = [...at, location];
    if (ways.length !== 1)
      return [
        file.mistake(path, {
          message: ways.length === 0 ? 'names no place of the channel' : 'is both a store and a region',
          advice:
            'Give exactly one of `store:` (its code at the channel) and `region:` (the id of the region).',
          at: 'name',
        }),
      ];
    if (about.region === undefined || about.pickup === undefined) return [];
    const words = { message: 'has no meaning for a region', advice: 'Take it out.', at: 'name' as const };
    return [file.mistake([...path, 'pickup'], words)];
  });
}
