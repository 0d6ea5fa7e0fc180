import { type ReactNode, useEffect, useState } from 'react';
import { say } from '../../strings/say.js';
import styles from './skeleton.module.css';

const QUIET_MS = 300;
const WORDS_MS = 2000;

/** What is shown while facts are fetched: nothing for 0.3 s, the layout in grey for 2 s, then words. */
export function Waiting({ rows = 8, words }: { readonly rows?: number; readonly words?: string }): ReactNode {
  const phase = usePhase();
  if (phase === 'quiet')
    return <div className={styles.quiet} role="status" aria-label={say('common.loading')} />;
  return (
    <div className={styles.skeleton} role="status" aria-label={say('common.loading')}>
      {phase === 'words' && <p className={styles.words}>{words ?? say('common.loading_long')}</p>}
      {Array.from({ length: rows }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: grey lines have no other name
        <span key={at} className={styles.line} aria-hidden="true" />
      ))}
    </div>
  );
}

function usePhase(): 'quiet' | 'shape' | 'words' {
  const [phase, setPhase] = useState<'quiet' | 'shape' | 'words'>('quiet');
  useEffect(() => {
    const shape = setTimeout(() => setPhase('shape'), QUIET_MS);
    const words = setTimeout(() => setPhase('words'), WORDS_MS);
    return () => {
      clearTimeout(shape);
      clearTimeout(words);
    };
  }, []);
  return phase;
}
