/** A number with its unit, as the merchant gave it. Conversion happens when a channel asks for another unit. */
export interface Measure {
  readonly value: number;
  /** One of the keys of `UNITS`. */
  readonly unit: string;
}

/** What kind of thing a unit measures. Measures of different kinds never compare or convert. */
export type MeasureKind = 'mass' | 'length' | 'volume' | 'area' | 'count';

interface Unit {
  readonly kind: MeasureKind;
  /** Factor to the kind's base unit (g, mm, ml, mm², piece). */
  readonly factor: number;
  /** The unit spelled out in English plural, as Amazon wants it. */
  readonly word: string;
}

/** Units we know. Factors are exact by definition of the units. */
export const UNITS: Readonly<Record<string, Unit>> = {
  mg: { kind: 'mass', factor: 0.001, word: 'milligrams' },
  g: { kind: 'mass', factor: 1, word: 'grams' },
  kg: { kind: 'mass', factor: 1_000, word: 'kilograms' },
  oz: { kind: 'mass', factor: 28.349523125, word: 'ounces' },
  lb: { kind: 'mass', factor: 453.59237, word: 'pounds' },
  mm: { kind: 'length', factor: 1, word: 'millimeters' },
  cm: { kind: 'length', factor: 10, word: 'centimeters' },
  m: { kind: 'length', factor: 1_000, word: 'meters' },
  in: { kind: 'length', factor: 25.4, word: 'inches' },
  ft: { kind: 'length', factor: 304.8, word: 'feet' },
  yd: { kind: 'length', factor: 914.4, word: 'yards' },
  ml: { kind: 'volume', factor: 1, word: 'milliliters' },
  cl: { kind: 'volume', factor: 10, word: 'centiliters' },
  l: { kind: 'volume', factor: 1_000, word: 'liters' },
  floz: { kind: 'volume', factor: 29.5735295625, word: 'fluid_ounces' },
  sqft: { kind: 'area', factor: 92_903.04, word: 'square_feet' },
  sqm: { kind: 'area', factor: 1_000_000, word: 'square_meters' },
  ct: { kind: 'count', factor: 1, word: 'count' },
};

const SPELLINGS: Readonly<Record<string, string>> = {
  gram: 'g',
  grams: 'g',
  gr: 'g',
  kgs: 'kg',
  kilo: 'kg',
  kilos: 'kg',
  kilogram: 'kg',
  kilograms: 'kg',
  milligram: 'mg',
  milligrams: 'mg',
  ounce: 'oz',
  ounces: 'oz',
  lbs: 'lb',
  pound: 'lb',
  pounds: 'lb',
  '#': 'lb',
  millimeter: 'mm',
  millimeters: 'mm',
  millimetre: 'mm',
  millimetres: 'mm',
  centimeter: 'cm',
  centimeters: 'cm',
  centimetre: 'cm',
  centimetres: 'cm',
  meter: 'm',
  meters: 'm',
  metre: 'm',
  metres: 'm',
  inch: 'in',
  inches: 'in',
  '"': 'in',
  '″': 'in',
  '”': 'in',
  foot: 'ft',
  feet: 'ft',
  "'": 'ft',
  '′': 'ft',
  yard: 'yd',
  yards: 'yd',
  milliliter: 'ml',
  milliliters: 'ml',
  millilitre: 'ml',
  millilitres: 'ml',
  centiliter: 'cl',
  centilitre: 'cl',
  liter: 'l',
  liters: 'l',
  litre: 'l',
  litres: 'l',
  'fl oz': 'floz',
  'fl. oz.': 'floz',
  'fluid ounces': 'floz',
  sqft: 'sqft',
  'sq ft': 'sqft',
  'sq m': 'sqm',
  'm²': 'sqm',
  count: 'ct',
  pcs: 'ct',
  piece: 'ct',
  pieces: 'ct',
};

/** Our spelling of a unit, or nothing when we do not know it. Capitals and blanks around it do not matter. */
export function unitOf(text: string): string | null {
  const plain = text.trim().toLowerCase();
  if (Object.hasOwn(UNITS, plain)) return plain;
  return Object.hasOwn(SPELLINGS, plain) ? (SPELLINGS[plain] ?? null) : null;
}

/** The measure in another unit, rounded to 4 digits after the point; nothing if the kinds differ. */
export function convertMeasure(measure: Measure, unit: string): Measure | null {
  const from = UNITS[measure.unit];
  const to = UNITS[unit];
  if (!from || !to || from.kind !== to.kind) return null;
  if (measure.unit === unit) return measure;
  return { value: Math.round(((measure.value * from.factor) / to.factor) * 10_000) / 10_000, unit };
}

/** Negative, zero or positive as the first measure is smaller, equal or larger; nothing if the kinds differ. */
export function compareMeasures(a: Measure, b: Measure): number | null {
  const first = UNITS[a.unit];
  const second = UNITS[b.unit];
  if (!first || !second || first.kind !== second.kind) return null;
  return a.value * first.factor - b.value * second.factor;
}
