import type { Setup } from '../../api/shapes/setup.js';

/** A JSON object as the API tells it. */
export type JsonObject = Setup['values'];
/** A value inside. */
export type JsonValue = Exclude<JsonObject[string], undefined>;
