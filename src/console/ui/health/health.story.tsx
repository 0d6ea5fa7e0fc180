import { Health, type HealthWord } from './health.js';

const WORDS: readonly HealthWord[] = ['on_time', 'catching_up', 'late', 'paused', 'needs_you', 'not_started'];

/** Every word for a channel's health. */
export function Story() {
  return WORDS.map((word) => <Health key={word} health={word} />);
}
