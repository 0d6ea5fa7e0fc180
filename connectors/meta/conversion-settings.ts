import type { JsonObject } from '../../src/domain/json.js';

/** Settings of purchase events. */
export type ConversionSettings = {
  /** The dataset (pixel) the events go to. */
  readonly datasetId: string;
  /** Marks all events as a trial, shown in Events Manager only. */
  readonly testEventCode?: string;
};

/** JSON Schema of the settings. */
export const conversionSettingsSchema: JsonObject = {
  type: 'object',
  title: 'Purchase events',
  description: 'Reports purchases of buyers who came from Meta and gave consent. Off unless it is here.',
  additionalProperties: false,
  required: ['datasetId'],
  properties: {
    datasetId: { type: 'string', pattern: '^\\d+$', title: 'Dataset (pixel) id' },
    testEventCode: { type: 'string', minLength: 1, maxLength: 50, title: 'Test event code' },
  },
};
