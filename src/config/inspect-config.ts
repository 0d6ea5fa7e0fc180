import { INSPECT_LIMITS, type InspectLimits } from '../channel/inspection.js';
import type { JsonObject } from '../domain/json.js';

/** What is to be looked at on the network, as the channel's `inspect` says; null: nothing. */
export function inspectOf({ images, pages, perDay, perSecond }: JsonObject): InspectLimits | null {
  if (images !== true && pages !== true) return null;
  return {
    images: images === true,
    pages: pages === true,
    perDay: typeof perDay === 'number' ? perDay : INSPECT_LIMITS.perDay,
    perSecond: typeof perSecond === 'number' ? perSecond : INSPECT_LIMITS.perSecond,
  };
}
