import type { JsonObject } from '../../../src/domain/json.js';
import { objectOf, objectsOf } from '../client.js';
import type { GivenLine } from './given-lines.js';

/** One change of a draft; each may be repeated after the draft was read again. */
export type LineStep =
  | { readonly what: 'add'; readonly variant: string; readonly given: GivenLine }
  | { readonly what: 'set'; readonly line: string; readonly quantity: number }
  | { readonly what: 'remove'; readonly line: string };

/** What must change so that the draft has exactly the given lines. Empty: it has. Pure. */
export function lineSteps(
  given: readonly GivenLine[],
  draft: JsonObject,
  variants: ReadonlyMap<string, string>,
): readonly LineStep[] {
  const held = objectsOf(draft.lines).map((line) => ({ line, key: heldKey(line) }));
  const used = new Set<JsonObject>();
  const steps = given.flatMap((wanted): LineStep[] => {
    const variant = variants.get(wanted.sku) ?? '';
    const key = keyOf(wanted.channelLineId, variant, wanted.unitPrice);
    const match = held.find((each) => each.key === key && !used.has(each.line));
    if (match === undefined) return [{ what: 'add', variant, given: wanted }];
    used.add(match.line);
    if (match.line.quantity === wanted.quantity) return [];
    return [{ what: 'set', line: String(match.line.id), quantity: wanted.quantity }];
  });
  const strays = held.filter(({ line }) => !used.has(line) && Number(line.quantity) > 0);
  return [...strays.map(({ line }): LineStep => ({ what: 'remove', line: String(line.id) })), ...steps];
}

function heldKey(line: JsonObject): string {
  const { channelLineId, channelUnitPrice } = objectOf(line.customFields);
  const price = typeof channelUnitPrice === 'number' ? channelUnitPrice : null;
  return keyOf(String(channelLineId), String(objectOf(line.productVariant).id), price);
}

function keyOf(channelLine: string, variant: string, price: number | null): string {
  return JSON.stringify([channelLine, variant, price]);
}
