import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { stopOnSignals } from '../../src/cli/stop-signals.js';

describe('a process that is told to stop', () => {
  let source: EventEmitter;
  let ended: (readonly [number, string | null])[];
  let signal: AbortSignal;

  beforeEach(() => {
    vi.useFakeTimers();
    source = new EventEmitter();
    ended = [];
    signal = stopOnSignals(source, (code, reason) => ended.push([code, reason]));
  });
  afterEach(() => vi.useRealTimers());

  it('is asked to finish first, and not ended', () => {
    source.emit('SIGTERM');
    expect(signal.aborted).toBe(true);
    vi.advanceTimersByTime(24_900);
    expect(ended).toEqual([]);
  });

  it('takes the signals of one press for one', () => {
    source.emit('SIGINT');
    vi.advanceTimersByTime(500);
    source.emit('SIGINT');
    expect(ended).toEqual([]);
  });

  it('is ended at once by a later signal', () => {
    source.emit('SIGTERM');
    vi.advanceTimersByTime(1_100);
    source.emit('SIGINT');
    expect(ended).toEqual([[130, null]]);
  });

  it('is ended after 25 seconds if something does not finish, and says so', () => {
    source.emit('SIGTERM');
    vi.advanceTimersByTime(25_000);
    expect(ended).toEqual([[143, 'still at work 25 s after SIGTERM; what was done is kept']]);
  });
});
