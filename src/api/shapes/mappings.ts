import {
  described,
  integer,
  json,
  list,
  nullable,
  object,
  oneOf,
  optional,
  real,
  record,
  text,
  yesNo,
} from '../shape.js';
import { issues, moment } from './parts.js';

/** Variants by what a draft does to them; the six add up to the catalog. */
export const impactTotals = object({
  changed: integer(),
  appears: integer(),
  vanishes: integer(),
  newlyBlocked: integer(),
  fixed: integer(),
  unchanged: integer(),
});

/** One version of a mapping, its tests or a lookup table. */
export const textVersion = object({
  number: integer(),
  author: described(text(), '`file`: it was edited in the folder.'),
  approvedBy: nullable(text()),
  comment: text(),
  at: text(),
  impact: nullable(impactTotals),
  hash: text(),
});

/** A text somebody works on. */
export const draft = object({
  text: text(),
  revision: integer(),
  base: integer(),
  author: text(),
  at: text(),
  askedBy: nullable(text()),
  comment: nullable(text()),
});

/** One line of the list of mappings. */
export const mappingLine = object({
  channel: text(),
  connector: text(),
  version: described(integer(), '0: the connector’s own mapping is used.'),
  at: moment,
  draft: nullable(object({ revision: integer(), author: text(), at: text(), askedBy: nullable(text()) })),
});

/** The mapping of a channel with its draft. */
export const mapping = object({
  channel: text(),
  connector: text(),
  document: described(
    text(),
    'Path of its file below the merchant’s folder, or `channel/<id>.yaml` without one.',
  ),
  hasFile: yesNo(),
  version: integer(),
  text: described(text(), 'What is published; where nothing is, what a draft begins with.'),
  defaultText: nullable(text()),
  draft: nullable(draft),
});

const finding = {
  severity: oneOf('error', 'warning'),
  code: text(),
  file: text(),
  line: integer(),
  column: integer(),
  endLine: integer(),
  endColumn: integer(),
  message: text(),
  hint: optional(text()),
  path: text(),
};

/** A finding with its place. */
export const diagnostic = object(finding);

/** The answer to a check: findings with what could be done about them. */
export const checkedMapping = object({
  loads: yesNo(),
  diagnostics: list(object({ ...finding, fixes: list(object({ title: text(), text: text() })) })),
});

const outcome = object({ outcome: oneOf('listing', 'blocked', 'excluded'), reason: nullable(text()) });

/** What a text makes of one SKU. */
export const preview = object({
  sku: text(),
  diagnostics: list(diagnostic),
  listing: nullable(
    object({
      before: outcome,
      after: outcome,
      attributes: list(
        object({
          name: text(),
          before: optional(json()),
          after: optional(json()),
          changed: yesNo(),
          reason: text(),
          issues,
          notes: list(text()),
        }),
      ),
      issues,
      values: described(record(json()), 'What the text read of this SKU: path of an expression → value.'),
    }),
  ),
});

const reasons = list(
  object({ reason: text(), attribute: optional(text()), count: integer(), skus: list(text()) }),
);

const counts = {
  totals: impactTotals,
  attributes: list(
    object({
      attribute: text(),
      rule: nullable(text()),
      changed: integer(),
      kinds: list(
        object({
          kind: text(),
          count: integer(),
          samples: list(object({ sku: text(), before: optional(json()), after: optional(json()) })),
        }),
      ),
    }),
  ),
  vanishing: reasons,
  appearing: reasons,
  blocking: reasons,
  fixing: reasons,
  reviewed: described(
    nullable(object({ listings: integer(), attributes: list(text()) })),
    'Listings the channel reviews again because of a change, and the attributes it does so for.',
  ),
  rules: list(
    object({
      name: text(),
      by: oneOf('default', 'mapping'),
      matched: integer(),
      changed: integer(),
      overridden: integer(),
      excluded: integer(),
    }),
  ),
};

/** How far an impact is. */
export const impactProgress = object({ done: integer(), of: integer(), totals: impactTotals });

/** What was counted so far. */
export const impactCounts = object(counts);

/** The whole impact. */
export const impactReport = object({
  ...counts,
  channel: text(),
  of: integer(),
  notes: list(
    object({
      pattern: text(),
      attribute: nullable(text()),
      before: integer(),
      after: integer(),
      sku: text(),
    }),
  ),
  catalogSequence: integer(),
  at: text(),
  checksum: text(),
  holds: list(object({ code: oneOf('many_vanish', 'many_blocked'), message: text() })),
});

/** How attributes are filled over a sample of the catalog. */
export const attributeFills = object({
  listings: described(integer(), 'Listings looked at; those the mapping leaves out are not among them.'),
  attributes: list(
    object({
      name: text(),
      filled: integer(),
      errors: integer(),
      warnings: integer(),
      by: nullable(oneOf('default', 'mapping')),
      byRule: integer(),
      byHand: integer(),
    }),
  ),
});

/** How tests ended. */
export const testReport = object({
  diagnostics: list(diagnostic),
  results: list(
    object({
      name: text(),
      line: integer(),
      differences: list(object({ name: text(), expected: optional(json()), got: optional(json()) })),
    }),
  ),
  passed: integer(),
  failed: integer(),
});

/** What an editor can offer. */
export const environment = object({
  fields: list(
    object({
      path: text(),
      label: text(),
      type: text(),
      filled: nullable(real()),
      samples: list(object({ value: text(), count: integer() })),
    }),
  ),
  sampled: integer(),
  functions: list(
    object({
      name: text(),
      group: text(),
      signatures: list(text()),
      doc: text(),
      example: object({ source: text(), result: text() }),
    }),
  ),
  lookups: list(object({ name: text(), columns: list(text()), keys: integer() })),
  attributes: list(
    object({
      name: text(),
      required: yesNo(),
      doc: nullable(text()),
      values: list(text()),
      longest: nullable(integer()),
    }),
  ),
});

const rowCells = list(text());
const problems = list(object({ line: integer(), message: text() }));

/** A lookup table. */
export const lookupSheet = object({
  name: text(),
  columns: list(text()),
  rows: list(rowCells),
  csv: text(),
  version: integer(),
  problems,
  missing: list(object({ key: text(), count: integer(), sku: text() })),
});

/** What saving would change. */
export const lookupDiff = object({
  added: list(rowCells),
  removed: list(rowCells),
  changed: list(object({ key: text(), before: rowCells, after: rowCells })),
  problems,
});

const suggestion = object({
  category: object({ id: text(), path: text(), levels: list(text()) }),
  score: real(),
});

/** The merchant's categories beside the channel's. */
export const categoryMapping = object({
  paths: list(
    object({
      path: text(),
      products: integer(),
      now: nullable(object({ key: text(), id: text() })),
      nowKnown: yesNo(),
      suggestions: list(suggestion),
      taken: nullable(suggestion),
    }),
  ),
  coverage: object({ products: integer(), withoutPath: integer(), now: integer(), afterwards: integer() }),
  taxonomy: object({ edition: nullable(text()), categories: integer() }),
  table: text(),
  unknownIds: list(object({ key: text(), id: text() })),
});
