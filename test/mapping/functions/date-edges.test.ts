import { describe, expect, it } from 'vitest';
import type { Value } from '../../../src/mapping/functions/definition.js';
import { bench, call, instant, noteOf } from './fixture.js';

type Case = readonly [name: string, args: readonly Value[], result: Value];
type Refusal = readonly [name: string, args: readonly Value[], message: string];

describe('dates', () => {
  const summer = instant('2026-07-01T10:05:59Z');

  it.each<Case>([
    ['dateTime', [summer], '2026-07-01T12:05+02:00'],
    ['date', [instant('2026-12-31T23:30:00Z')], '2027-01-01'],
    ['readDate', ['2026-03-29 02:30', 'yyyy-MM-dd HH:mm'], instant('2026-03-29T01:30:00Z')],
    ['readDate', ['2026-10-25 02:30', 'yyyy-MM-dd HH:mm'], instant('2026-10-25T00:30:00Z')],
    ['readDate', ['11/2026', 'MM/yyyy'], instant('2026-10-31T23:00:00Z')],
    ['readDate', [' ', 'yyyy-MM-dd'], null],
    ['addDays', [instant('2026-03-28T23:00:00Z'), 1], instant('2026-03-29T22:00:00Z')],
    ['addDays', [instant('2026-10-24T22:00:00Z'), 1], instant('2026-10-25T23:00:00Z')],
    ['addDays', [summer, -1], instant('2026-06-30T10:05:59Z')],
    ['daysBetween', [instant('2026-03-28T23:00:00Z'), instant('2026-03-29T22:00:00Z')], 1],
    ['daysBetween', [instant('2026-03-29T22:00:00Z'), instant('2026-03-28T23:00:00Z')], -1],
    ['daysBetween', [summer, summer], 0],
    ['weekday', [instant('2026-11-29T12:00:00Z')], 7],
  ])('%s(%j) in Berlin is %j', (name, args, result) => {
    expect(call(name, args)).toEqual(result);
  });

  it.each([
    ['America/New_York', '2026-07-01T06:05-04:00'],
    ['Asia/Kolkata', '2026-07-01T15:35+05:30'],
    ['Asia/Kathmandu', '2026-07-01T15:50+05:45'],
    ['UTC', '2026-07-01T10:05+00:00'],
  ])('writes the time of %s as %s', (zone, result) => {
    expect(call('dateTime', [summer], bench({ zone }))).toBe(result);
  });

  it.each<Refusal>([
    ['interval', [summer, summer], 'the end is not after the start'],
    ['readDate', ['30.02.2026', 'dd.MM.yyyy'], '"30.02.2026" is not a date like dd.MM.yyyy'],
    [
      'readDate',
      ['2026-01-01 24:00', 'yyyy-MM-dd HH:mm'],
      '"2026-01-01 24:00" is not a date like yyyy-MM-dd HH:mm',
    ],
    ['readDate', ['1.1.2026', 'dd.MM.yyyy'], '"1.1.2026" is not a date like dd.MM.yyyy'],
    ['readDate', ['x', 'dd.MM'], '"dd.MM" is not a layout: it needs yyyy and MM, each field once'],
    ['date', ['soon'], '"soon" is not a point in time'],
    ['addDays', [summer, 9e9], 'the date is too far away'],
  ])('%s(%j) is refused: %s', (name, args, message) => {
    expect(noteOf(() => call(name, args)).message).toBe(message);
  });

  it('stops for a channel whose time zone does not exist', () => {
    expect(() => call('date', [summer], bench({ zone: 'Mars/Olympus' }))).toThrowError(
      expect.objectContaining({ code: 'unknown_time_zone', owner: 'operator' }),
    );
  });
});

describe('measures', () => {
  it.each<Case>([
    ['readMeasure', ['29"'], { value: 29, unit: 'in' }],
    ['readMeasure', ['5 m'], { value: 5, unit: 'm' }],
    ['readMeasure', ['1.234,5 grams'], { value: 1234.5, unit: 'g' }],
    ['readMeasure', ['.5kg'], { value: 0.5, unit: 'kg' }],
    ['readMeasure', ['8 fl oz'], { value: 8, unit: 'floz' }],
    ['readMeasure', [''], null],
    ['inUnit', [{ value: 11, unit: 'in' }, 'cm'], { value: 27.94, unit: 'cm' }],
    ['measure', [1, 'KG'], { value: 1, unit: 'kg' }],
    ['unitWord', [{ value: 1, unit: 'floz' }], 'fluid_ounces'],
  ])('%s(%j) is %j', (name, args, result) => {
    expect(call(name, args)).toEqual(result);
  });

  it.each<Refusal>([
    ['readMeasure', ['29'], '"29" is not a measure like 1.2 kg'],
    ['readMeasure', ['big'], '"big" is not a measure like 1.2 kg'],
    ['readMeasure', ['3 parsecs'], '"parsecs" is not a unit we know'],
    ['readMeasure', ['1,234 kg'], '"1,234" has two readings: give the decimal mark'],
    ['inUnit', [{ value: 1, unit: 'kg' }, 'cm'], 'kg cannot be given in cm'],
    ['measure', [1, '__proto__'], '"__proto__" is not a unit we know'],
  ])('%s(%j) is refused: %s', (name, args, message) => {
    expect(noteOf(() => call(name, args)).message).toBe(message);
  });
});
