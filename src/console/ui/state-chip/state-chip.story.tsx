import { type ListingWord, type Seen, SeenWord, StateChip } from './state-chip.js';

const WORDS: readonly ListingWord[] = [
  'live',
  'due',
  'sent',
  'blocked',
  'rejected',
  'held',
  'excluded',
  'removing',
  'removed',
];
const SEEN: readonly Seen[] = ['current', 'limited', 'older', 'nothing', 'unknown', 'foreign'];

/** Every state, with and without warnings, and every word for what shoppers see. */
export function Story() {
  return (
    <>
      {WORDS.map((word) => (
        <StateChip
          key={word}
          state={word}
          why="Google shows this version since 12 Nov, 09:14."
          warnings={word === 'live' ? 2 : 0}
        />
      ))}
      {SEEN.map((seen) => (
        <SeenWord key={seen} seen={seen} />
      ))}
    </>
  );
}
