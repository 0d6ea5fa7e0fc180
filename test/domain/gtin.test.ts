import { describe, expect, it } from 'vitest';
import { gtinProblem } from '../../src/domain/gtin.js';

/** A code with the check digit GS1 gives it: from the right, weights 3 and 1 in turn. */
function withCheckDigit(body: string): string {
  const sum = [...body]
    .reverse()
    .reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

describe('prefixes of a GTIN', () => {
  it.each(['02', '04', '05', '20', '29', '981', '982', '983', '984', '99'])('%s is nobody’s', (prefix) => {
    const code = withCheckDigit(prefix.padEnd(12, '1'));
    expect(gtinProblem(code)).toBe('restricted prefix');
    // The indicator in front of fourteen digits is no part of the prefix.
    expect(gtinProblem(withCheckDigit(`1${code.slice(0, 12)}`))).toBe('restricted prefix');
  });

  it.each(['00', '01', '03', '06', '09', '30', '400', '950', '978', '980', '985', '989'])(
    '%s may be on goods',
    (prefix) => {
      expect(gtinProblem(withCheckDigit(prefix.padEnd(12, '1')))).toBeNull();
    },
  );

  it.each(['2', '4', '5'])('a UPC of twelve digits that begins with %s is nobody’s', (prefix) => {
    expect(gtinProblem(withCheckDigit(prefix.padEnd(11, '1')))).toBe('restricted prefix');
  });
});
