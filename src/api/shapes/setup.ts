import { COLUMN_FIELDS, type ColumnField } from '../../catalog/columns.js';
import {
  described,
  instant,
  integer,
  jsonObject,
  list,
  nullable,
  type Of,
  type OptionalShape,
  object,
  oneOf,
  optional,
  record,
  text,
  yesNo,
} from '../shape.js';

/** Names of channels and sources. */
export const partId = text(63, { pattern: '^[a-z0-9][a-z0-9-]{0,62}$' });

/** Something that is not right, at a JSON pointer into `values`. */
export const mistake = object({ pointer: text(), message: text(), advice: text() });

/** A channel or source as it is set up. Secrets are never in `values`. */
export const setup = object({
  id: text(),
  /** `file`: it stands in omnifeed.yaml and is changed there. */
  state: oneOf('draft', 'active', 'file'),
  practice: described(yesNo(), 'A channel to practise on: it works with a simulator.'),
  revision: integer(),
  step: nullable(text()),
  values: jsonObject(),
  /** Which secrets are set, and how those long enough end. */
  secrets: list(object({ pointer: text(), ends: nullable(text()) })),
  mistakes: list(mistake),
  changedAt: nullable(instant()),
  changedBy: nullable(text()),
});

/** Answer of the set-up routes. */
export type Setup = Of<typeof setup>;

/** Body of `POST /channels`. */
export const newChannel = object({
  id: partId,
  connector: text(63),
  values: optional(jsonObject()),
  practice: described(
    optional(yesNo()),
    'Connects a simulated channel on this machine instead of the real one: settings and market are its own.',
  ),
});

/** A channel that somebody began to connect. */
export const draft = object({
  id: text(),
  connector: text(),
  title: text(),
  step: nullable(text()),
  changedAt: instant(),
  changedBy: text(),
});

/** One of `GET /drafts`. */
export type Draft = Of<typeof draft>;

/** Something a person can do at a channel by hand. `parameters`: JSON Schema of what it asks for. */
export const channelAction = object({ name: text(), title: text(), parameters: jsonObject() });

/** One of `GET /channels/:channel/actions`. */
export type ChannelActionRow = Of<typeof channelAction>;

/** Body of `PATCH /channels/:channel/setup`. */
export const setupChange = object({
  revision: integer({ min: 1 }),
  values: described(
    optional(jsonObject()),
    'A merge patch (RFC 7396): members replace, null takes away; secrets are sealed at once.',
  ),
  step: described(optional(nullable(text(63))), 'Where the wizard is left.'),
});

/** One finding of a check. */
export const finding = object({
  severity: oneOf('error', 'warning', 'info'),
  code: text(),
  message: text(),
  advice: nullable(text()),
});

const FORMATS = text(40);
const COLUMN = text(200, { min: 1 });

/** Which column each field stands in: for tables of no known format. `attributes`: attribute → column. */
const columns = object({
  ...(Object.fromEntries(COLUMN_FIELDS.map((field) => [field, optional(COLUMN)])) as Record<
    ColumnField,
    OptionalShape<string>
  >),
  attributes: optional(record(COLUMN, 300)),
});

/** What a person says about a source: exactly one of `upload`, `url` and `channel`. */
export const sourceWish = object({
  upload: described(optional(text(60)), 'Of `POST /uploads`.'),
  url: optional(text(2_000, { pattern: '^https?://' })),
  channel: optional(partId),
  role: optional(oneOf('primary', 'supplemental')),
  format: optional(FORMATS),
  mapping: described(
    optional(text(63, { pattern: '^[a-z0-9-]+$' })),
    'Name of a source mapping that is shipped.',
  ),
  encoding: optional(text(40)),
  delimiter: optional(text(4, { min: 1 })),
  quote: optional(text(1)),
  decimalMark: optional(oneOf('.', ',')),
  currency: optional(text(3, { pattern: '^[A-Z]{3}$' })),
  location: optional(text(200, { min: 1 })),
  baseUrl: optional(text(2_000, { pattern: '^https?://' })),
  columns: optional(columns),
});

/** The start of a file as it is written: what was detected, and what an encoding decides about. */
export const sourceLook = object({
  kind: oneOf('table', 'workbook', 'xml', 'json', 'jsonl'),
  encoding: text(),
  encodingCertain: yesNo(),
  evidence: nullable(object({ text: text(), row: integer() })),
  delimiter: nullable(text()),
  recognised: nullable(text()),
  columns: list(text()),
  rows: list(object({ line: integer(), cells: list(text()) })),
});

/** Answer of `POST /sources/look`. */
export type SourceLook = Of<typeof sourceLook>;

/** What was read of a source, before anything is imported. */
export const sourcePreview = object({
  /** False: it was not read to its end; the counts are of what was read. */
  whole: yesNo(),
  rows: nullable(integer()),
  products: integer(),
  variants: integer(),
  rejectedRows: nullable(integer()),
  format: nullable(text()),
  encoding: nullable(text()),
  encodingCertain: nullable(yesNo()),
  delimiter: nullable(text()),
  mapping: nullable(text()),
  sample: list(object({ product: text(), sku: text(), title: nullable(text()), facts: jsonObject() })),
  errors: list(
    object({
      line: integer(),
      column: nullable(text()),
      key: nullable(text()),
      code: text(),
      reason: text(),
      severity: oneOf('error', 'warning'),
    }),
  ),
});

/** Answer of `POST /sources/preview`. */
export type SourcePreview = Of<typeof sourcePreview>;

/** Body of `POST /channels/:channel/take-down`: how many listings of ours it has, as whoever confirms was shown. */
export const takeDown = object({ count: integer({ min: 0, max: 2_000_000_000 }) });

/** Body of `PUT /channels/:channel/sends`. */
export const outletWish = object({
  sends: oneOf('everything', 'nothing', 'first'),
  first: described(
    optional(integer({ min: 1, max: 1_000 })),
    'How many new listings go out at most; 10 unless said.',
  ),
});

/** Answer of `POST /channels/:channel/readiness`, so far and at the end: seen = ready + blocked + excluded. */
export const readiness = object({
  seen: integer(),
  ready: integer(),
  blocked: integer(),
  excluded: integer(),
  issues: list(
    object({
      code: text(),
      attribute: nullable(text()),
      count: integer(),
      message: text(),
      advice: nullable(text()),
      sku: text(),
    }),
  ),
  reasons: list(object({ reason: text(), count: integer(), sku: text() })),
});

/** `POST /channels/:channel/readiness`. */
export type Readiness = Of<typeof readiness>;
