import { Health, type HealthWord } from './health.js';

const WORDS: readonly HealthWord[] = ['on-time', 'catching-up', 'late', 'paused', 'needs-you', 'not-started'];

/** Every word for a channel's health. */
export function Story() {
  return WORDS.map((word) => <Health key={word} health={word} />);
}
