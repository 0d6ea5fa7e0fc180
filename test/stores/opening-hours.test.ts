import { describe, expect, it } from 'vitest';
import { hoursOf } from '../../src/config/hours-config.js';
import { afterOpenMinutes, closingAfterDays, isOpen, opensAt } from '../../src/stores/opening-hours.js';

const BERLIN = {
  zone: 'Europe/Berlin',
  hours: hoursOf(
    { 'mon-fri': '10:00-13:00, 14:00-19:00', sat: '10:00-16:00', sun: 'closed' },
    { '2026-12-24': '10:00-12:00', '2026-12-25': 'closed', '2026-12-26': 'closed' },
  ),
};
const SILENT = { zone: 'Europe/Berlin', hours: null };

describe('opening hours', () => {
  it.each([
    ['2026-11-25T08:59:00.000Z', false, '2026-11-25T09:00:00.000Z'],
    ['2026-11-25T09:00:00.000Z', true, '2026-11-25T09:00:00.000Z'],
    ['2026-11-25T12:30:00.000Z', false, '2026-11-25T13:00:00.000Z'],
    ['2026-11-25T18:00:00.000Z', false, '2026-11-26T09:00:00.000Z'],
    ['2026-11-28T15:30:00.000Z', false, '2026-11-30T09:00:00.000Z'],
    ['2026-12-24T11:30:00.000Z', false, '2026-12-28T09:00:00.000Z'],
    ['2026-07-01T08:00:00.000Z', true, '2026-07-01T08:00:00.000Z'],
  ])('at %s are open: %s, and next at %s', (at, open, next) => {
    expect(isOpen(BERLIN, at)).toBe(open);
    expect(opensAt(BERLIN, at)).toBe(next);
  });

  it('are read on the location’s own clock, which another zone reads otherwise', () => {
    const chicago = { ...BERLIN, zone: 'America/Chicago' };
    expect(isOpen(chicago, '2026-11-25T09:30:00.000Z')).toBe(false);
    expect(isOpen(chicago, '2026-11-25T16:30:00.000Z')).toBe(true);
  });

  it('are unknown where nobody said them', () => {
    expect(isOpen(SILENT, '2026-11-25T03:00:00.000Z')).toBeNull();
    expect(opensAt(SILENT, '2026-11-25T03:00:00.000Z')).toBeNull();
  });

  it('count only opening time: lunch, nights, Sundays and holidays stand still', () => {
    expect(afterOpenMinutes(BERLIN, '2026-11-25T11:30:00.000Z', 60)).toBe('2026-11-25T13:30:00.000Z');
    expect(afterOpenMinutes(BERLIN, '2026-11-28T14:00:00.000Z', 120)).toBe('2026-11-30T10:00:00.000Z');
    expect(afterOpenMinutes(BERLIN, '2026-12-24T10:00:00.000Z', 90)).toBe('2026-12-28T09:30:00.000Z');
    expect(afterOpenMinutes(SILENT, '2026-11-28T14:00:00.000Z', 120)).toBe('2026-11-28T16:00:00.000Z');
  });

  it('never end for a location that does not open any more', () => {
    const shut = { zone: 'UTC', hours: hoursOf({ mon: 'closed' }, undefined) };
    expect(opensAt(shut, '2026-11-25T11:00:00.000Z')).toBeNull();
    expect(afterOpenMinutes(shut, '2026-11-25T11:00:00.000Z', 1)).toBeNull();
    expect(closingAfterDays(shut, '2026-11-25T11:00:00.000Z', 1)).toBeNull();
  });

  it('keep an order to the closing time of its last day, or of the next day that has one', () => {
    expect(closingAfterDays(BERLIN, '2026-11-25T23:30:00.000Z', 2)).toBe('2026-11-28T15:00:00.000Z');
    expect(closingAfterDays(BERLIN, '2026-12-18T12:00:00.000Z', 7)).toBe('2026-12-28T18:00:00.000Z');
    expect(closingAfterDays(SILENT, '2026-11-25T12:00:00.000Z', 1)).toBe('2026-11-26T23:00:00.000Z');
  });
});
