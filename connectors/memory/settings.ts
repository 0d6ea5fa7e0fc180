import type { JsonObject } from '../../src/domain/json.js';

/** Settings of a memory channel. Without `endpoint` the far side lives in this process and ends with it. */
export type MemorySettings = {
  /** Name of the store in this process; channels with the same name share it. Default `default`. */
  readonly store?: string;
  /** Address of a store served by `omnifeed simulate memory`. */
  readonly endpoint?: string;
  /** What the served store wants to see as bearer token. */
  readonly token?: string;
};

/** JSON Schema of the settings. */
export const settingsSchema: JsonObject = {
  type: 'object',
  additionalProperties: false,
  properties: {
    store: { type: 'string', minLength: 1, title: 'Name of the store in this process', default: 'default' },
    endpoint: { type: 'string', format: 'uri', title: 'Address of a served store' },
    token: { type: 'string', minLength: 1, title: 'Token of the served store', writeOnly: true },
  },
};
