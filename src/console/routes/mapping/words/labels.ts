import { createContext, useContext } from 'react';
import type { MappingEnvironment } from '../../../../api/shapes/mapping-types.js';
import { fieldLabel } from '../../../../mapping/form/field-labels.js';
import { percent } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import type { ComboChoice } from '../../../ui/combo-box/combo-box.js';

/** What an editor offers; null while it is fetched: then everything works, without suggestions. */
export const EnvironmentContext = createContext<MappingEnvironment | null>(null);

/** What the editor of this page offers. */
export function useEnvironment(): MappingEnvironment | null {
  return useContext(EnvironmentContext);
}

/** A field in words; inside a function: `lower(title of the product)`. */
export function labelOf(path: string): string {
  return path.replace(/[a-z]\w*(?:\.\w+|\["[^"]*"\])+|\btoday\b/g, (field) => fieldLabel(field));
}

/** Fields to choose from, with type and how often they are filled; the present one is among them whatever it is. */
export function fieldChoices(
  environment: MappingEnvironment | null,
  present: string,
): readonly ComboChoice[] {
  const fields = (environment?.fields ?? []).map(
    ({ path, label, type, filled }): ComboChoice => ({
      id: path,
      label,
      detail: filled === null ? type : say('mapping.field_detail', { type, filled: percent(filled) }),
    }),
  );
  const isKnown = fields.some(({ id }) => id === present);
  return isKnown || present === '' ? fields : [{ id: present, label: labelOf(present) }, ...fields];
}

/** Values a field has, with how many of the sample have each. */
export function valueChoices(environment: MappingEnvironment | null, path: string): readonly ComboChoice[] {
  const field = environment?.fields.find((each) => each.path === path || path.includes(each.path));
  return (field?.samples ?? []).map(({ value, count }) => ({
    id: value,
    label: value,
    detail: say('mapping.value_count', { n: count }),
  }));
}

/** Attributes of the channel, with what is allowed in them. */
export function attributeChoices(environment: MappingEnvironment | null): readonly ComboChoice[] {
  return (environment?.attributes ?? []).map(({ name, required, doc, longest }) => ({
    id: name,
    label: name,
    detail:
      [
        required ? say('mapping.required') : '',
        longest === null ? '' : say('mapping.longest', { n: longest }),
        doc ?? '',
      ]
        .filter(Boolean)
        .join(' · ') || undefined,
  }));
}
