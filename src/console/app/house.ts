import { queryOptions } from '@tanstack/react-query';
import type { HouseSettings, Settings } from '../../api/shapes/settings.js';
import { call } from './call.js';
import { onceKey } from './once-key.js';

/** Settings of the house: where it sells, what the file says, what each role may do. */
export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => call<Settings>('GET', '/settings', { signal }),
});

/** Says where the house sells and how it counts. */
export function keepSettings(body: Partial<HouseSettings>): Promise<HouseSettings> {
  return call<HouseSettings>('PATCH', '/settings', { body, idempotencyKey: onceKey() });
}
