import { convertMeasure, type Measure, UNITS, unitOf } from '../../domain/measure.js';
import { asMeasure, asNumber, asText } from './arguments.js';
import { isBlankText } from './blank.js';
import { plainDecimal } from './decimal.js';
import { BadData, type FunctionDefinition } from './definition.js';

const group = 'Measures';

/** Numbers with their unit. */
export const MEASURES: readonly FunctionDefinition[] = [
  {
    name: 'measure',
    group,
    signatures: ['measure(double, string): Measure'],
    doc: 'a number with its unit',
    example: { source: 'text(measure(12.5, "cm"))', result: '"12.5 cm"' },
    prepare: () => (_context, value, unit) => ({ value: asNumber(value), unit: knownUnit(asText(unit)) }),
  },
  {
    name: 'readMeasure',
    group,
    signatures: ['readMeasure(string): Measure'],
    doc: 'reads "1,2 kg", 29", 5 m',
    example: { source: 'text(readMeasure("1,2 kg"))', result: '"1.2 kg"' },
    prepare: () => (_context, text) => (isBlankText(asText(text)) ? null : readMeasure(asText(text))),
  },
  {
    name: 'inUnit',
    group,
    signatures: ['inUnit(Measure, string): Measure'],
    doc: 'converted; 4 digits; nothing if the kinds differ',
    example: { source: 'text(inUnit(variant.weight, "kg"))', result: '"0.9072 kg"' },
    prepare: () => (_context, measure, unit) => inUnit(asMeasure(measure), knownUnit(asText(unit))),
  },
  {
    name: 'unitWord',
    group,
    signatures: ['unitWord(Measure): string'],
    doc: 'the unit spelled out, as Amazon wants it',
    example: { source: 'unitWord(variant.weight)', result: '"pounds"' },
    prepare: () => (_context, measure) => UNITS[knownUnit(asMeasure(measure).unit)]?.word ?? null,
  },
];

function readMeasure(text: string): Measure {
  const match = /^([+\-\u2212]?\d(?:[\d.,'’\s]*\d)?|[.,]\d+)\s*([^\d\s].*)$/.exec(text.trim());
  if (!match) throw new BadData(`"${text}" is not a measure like 1.2 kg`, '"…" is not a measure like 1.2 kg');
  return { value: Number(plainDecimal(match[1] ?? '')), unit: knownUnit(match[2] ?? '') };
}

function inUnit(measure: Measure, unit: string): Measure {
  const converted = convertMeasure(measure, unit);
  if (converted) return converted;
  throw new BadData(`${measure.unit} cannot be given in ${unit}`, '… cannot be given in …');
}

function knownUnit(text: string): string {
  const unit = unitOf(text);
  if (unit !== null) return unit;
  throw new BadData(`"${text}" is not a unit we know`, '"…" is not a unit we know');
}
