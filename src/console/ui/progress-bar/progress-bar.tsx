import { ProgressBar as AriaProgressBar, Label } from 'react-aria-components';
import { count } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import styles from './progress-bar.module.css';

interface Props {
  readonly label: string;
  readonly done: number;
  /** Null while nobody knows. */
  readonly total: number | null;
}

/** A real progress bar with its counts, for what takes over ten seconds. */
export function ProgressBar({ label, done, total }: Props) {
  const text = total === null ? count(done) : say('common.of', { done: count(done), total: count(total) });
  return (
    <AriaProgressBar
      className={styles.progress ?? ''}
      isIndeterminate={total === null}
      value={done}
      maxValue={Math.max(total ?? 1, 1)}
      valueLabel={text}
    >
      {({ percentage, valueText }) => (
        <>
          <span className={styles.words}>
            <Label>{label}</Label>
            <span>{valueText ?? text}</span>
          </span>
          <span className={styles.track}>
            <Fill share={percentage ?? 0} />
          </span>
        </>
      )}
    </AriaProgressBar>
  );
}

/** An svg, since the policy refuses style attributes in served HTML and a width is a number. */
function Fill({ share }: { readonly share: number }) {
  return (
    <svg className={styles.fill} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect width={share} height="1" />
    </svg>
  );
}
