import type { Buyer } from '../../src/domain/order.js';

/** What stands in every planted value, so that one search finds all of them: letters that occur nowhere else. */
export const STEM = 'Kanari7Qx';
/** The same for telephone numbers, which have no letters. */
export const DIGITS = '5550199773';

/** A buyer whose every fact is planted. */
export function plantedBuyer(n: number): Buyer {
  const own = `${STEM}${String(n).padStart(5, '0')}`;
  return {
    name: `Ada ${own}n`,
    email: `${own}e@buyer.example`,
    phone: `+1 ${DIGITS}${String(n).padStart(5, '0')}`,
    company: `${own}c Ltd`,
    taxId: `DE${own}t`,
    notes: [`Leave it at ${own}o, behind the "blue" gate & ring`],
    giftMessages: { '1': `Happy birthday, ${own}g!` },
    address: {
      lines: [`${n} ${own}a Street`, `Floor ${own}b`],
      city: `${own}y`,
      region: 'TX',
      postalCode: `${own}z`,
      country: 'US',
    },
  };
}

/** Facts of a buyer that are planted. */
export const FACTS_PER_BUYER = 11;

/** A secret as an operator would set it. */
export function plantedSecret(name: string): string {
  return `sec-${STEM}-${name}-+/=&"x`;
}

/** Every way a value may stand somewhere: as it is, in capitals, in an address, in JSON, as base64 at any place of it, as hexadecimal. */
export function formsOf(value: string): readonly Buffer[] {
  const texts = [
    value,
    value.toLowerCase(),
    value.toUpperCase(),
    encodeURIComponent(value),
    encodeURIComponent(encodeURIComponent(value)),
    new URLSearchParams({ x: value }).toString().slice(2),
    JSON.stringify(value).slice(1, -1),
    Buffer.from(value).toString('hex'),
    Buffer.from(value).toString('hex').toUpperCase(),
    Buffer.from(value, 'utf16le').toString('latin1'),
    ...[0, 1, 2].flatMap((shift) => inBase64(value, shift)),
  ];
  return [...new Set(texts)].map((text) => Buffer.from(text, 'latin1'));
}

/** As it is and as base64: for values so many and so random that every form of each would take minutes. */
export function plainForms(value: string): readonly Buffer[] {
  return [value, ...[0, 1, 2].map((shift) => inBase64(value, shift)[0] ?? value)].map((text) =>
    Buffer.from(text, 'latin1'),
  );
}

/** The letters of base64 that depend on the value alone when it begins `shift` bytes into a group of three. */
function inBase64(value: string, shift: number): string[] {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(value)]);
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3));
  const inner = whole.toString('base64').slice(shift === 0 ? 0 : 4);
  return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
}

/** Where which of these values stand; empty: nowhere. */
export function findings(
  places: ReadonlyMap<string, Buffer>,
  values: readonly string[],
  forms: (value: string) => readonly Buffer[] = formsOf,
): readonly { readonly place: string; readonly around: string }[] {
  const needles = [...new Set(values)].flatMap(forms).filter((needle) => needle.length >= 8);
  const found: { place: string; around: string }[] = [];
  for (const [place, bytes] of places)
    for (const needle of needles) {
      const at = bytes.indexOf(needle);
      if (at >= 0)
        found.push({ place, around: bytes.subarray(Math.max(0, at - 120), at + 60).toString('latin1') });
    }
  return found;
}
