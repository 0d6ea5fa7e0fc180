import type { ChannelFacts } from '../domain/channel-facts.js';
import type { JsonObject } from '../domain/json.js';

/** What `shape` may look at. */
export interface ShapeContext<Settings extends JsonObject = JsonObject> {
  readonly settings: Settings;
  readonly channel: ChannelFacts;
  /** The listing schema of the kind. */
  readonly schema: JsonObject;
}
