/** The search params of an address, not yet trusted. */
export type Given = Readonly<Record<string, unknown>>;

const LONGEST = 2000;

/** A text of the address; anything else, and the empty text, is absent. */
export function textIn(given: Given, name: string): string | undefined {
  const value = given[name];
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  return typeof text === 'string' && text !== '' && text.length <= LONGEST ? text : undefined;
}

/** One of some words of the address; anything else is absent. */
export function wordIn<const Words extends readonly string[]>(
  given: Given,
  name: string,
  words: Words,
): Words[number] | undefined {
  const value = textIn(given, name);
  return value !== undefined && (words as readonly string[]).includes(value) ? value : undefined;
}

/** A whole number from 0 of the address; anything else is absent. */
export function numberIn(given: Given, name: string): number | undefined {
  const value = Number(given[name]);
  return given[name] !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** A switch of the address: present and true, or absent. */
export function flagIn(given: Given, name: string): true | undefined {
  return given[name] === true || given[name] === 'true' ? true : undefined;
}

/** The place in a list: the cursor of its page, how many rows are before it, and the row whose panel is open. */
export interface ListPlace {
  readonly cursor?: string | undefined;
  readonly from?: number | undefined;
  readonly open?: string | undefined;
}

/** What every list keeps in its address. */
export function placeIn(given: Given): ListPlace {
  return { cursor: textIn(given, 'cursor'), from: numberIn(given, 'from'), open: textIn(given, 'open') };
}
