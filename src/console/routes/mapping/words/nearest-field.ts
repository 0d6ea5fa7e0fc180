import type { MappingEnvironment } from '../../../../api/shapes/mapping-types.js';

type Field = MappingEnvironment['fields'][number];

/** The source field whose name is nearest an attribute's and that is filled at all; null: none is near. A suggestion, never applied by itself. */
export function nearestField(attribute: string, fields: readonly Field[]): Field | null {
  const wanted = wordsOf(attribute);
  const scored = fields
    .filter(({ filled }) => filled === null || filled > 0)
    .map((field) => ({ field, score: overlap(wanted, wordsOf(field.path.split('.').slice(1).join(' '))) }))
    .filter(({ score }) => score >= 0.5)
    .sort((a, b) => b.score - a.score || (b.field.filled ?? 0) - (a.field.filled ?? 0));
  return scored[0]?.field ?? null;
}

function wordsOf(name: string): ReadonlySet<string> {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return new Set(words.filter((word) => word !== '' && !GROUPS.has(word)));
}

/** Where free attributes are kept says nothing about what they are. */
const GROUPS: ReadonlySet<string> = new Set(['attributes', 'options']);

function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const both = [...one].filter((word) => other.has(word)).length;
  return both / Math.max(one.size, other.size, 1);
}
