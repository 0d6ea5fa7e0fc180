import { useSyncExternalStore } from 'react';
import { age, fullInstant } from '../../strings/formats.js';
import { NativeTooltip } from '../tooltip/tooltip.js';
import styles from './age.module.css';

const listeners = new Set<() => void>();
let now = Date.now();
let ticking: ReturnType<typeof setInterval> | undefined;

/** One clock for all ages of a page. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  ticking ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 10_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };
}

/** The present, as the page counts it: it moves every ten seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

/** What happened since the clock moved last is past all the same: “just now”, not “in 7 s”. */
function presentFor(at: string, current: number): number {
  const present = Date.now();
  const shown = Math.max(current, present - 10_000);
  const happened = Date.parse(at);
  return happened > shown && happened <= present ? present : shown;
}

interface Props {
  /** Null: it has not happened. */
  readonly at: string | null;
  readonly never?: string;
}

/** A relative time that keeps counting; the full instant with its zone on hover and, with `focusable`, on focus. */
export function Age({ at, never = '—' }: Props) {
  const current = useNow();
  if (at === null) return <span>{never}</span>;
  return (
    <time dateTime={at} title={fullInstant(at)}>
      {age(at, presentFor(at, current))}
    </time>
  );
}

/** The same with the full instant on focus, where the time itself is the fact asked for. */
export function AgeWithInstant({ at }: { readonly at: string }) {
  const current = useNow();
  return (
    <NativeTooltip text={fullInstant(at)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the instant is told on focus */}
      <time dateTime={at} tabIndex={0} role="note" className={styles.age}>
        {age(at, current)}
      </time>
    </NativeTooltip>
  );
}
