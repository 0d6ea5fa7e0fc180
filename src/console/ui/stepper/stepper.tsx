import { Check } from 'lucide-react';
import { say } from '../../strings/say.js';
import styles from './stepper.module.css';

/** One step of a wizard. */
export interface Step {
  readonly id: string;
  readonly title: string;
  readonly done: boolean;
}

interface Props {
  readonly label: string;
  readonly steps: readonly Step[];
  readonly current: string;
  /** Leads to a step that was done, or to the present one; others cannot be jumped to. */
  onStep(id: string): void;
}

/** Where one is in a wizard: steps with ticks; on a telephone one line and a bar. */
export function Stepper({ label, steps, current, onStep }: Props) {
  const at = Math.max(
    0,
    steps.findIndex(({ id }) => id === current),
  );
  return (
    <nav aria-label={label} className={styles.stepper}>
      <p className={styles.short}>
        {say('stepper.at', { n: at + 1, all: steps.length, title: steps[at]?.title ?? '' })}
      </p>
      <svg
        className={styles.bar}
        viewBox={`0 0 ${steps.length} 1`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <rect width={at + 1} height="1" />
      </svg>
      <ol className={styles.steps}>
        {steps.map((step, place) => (
          <li key={step.id} aria-current={step.id === current ? 'step' : undefined}>
            <button
              type="button"
              className={styles.step}
              disabled={!step.done && step.id !== current}
              onClick={() => onStep(step.id)}
            >
              <span className={styles.mark} data-done={step.done ? '' : undefined} aria-hidden="true">
                {step.done ? <Check size={14} strokeWidth={3} /> : place + 1}
              </span>
              <span>{step.title}</span>
              {step.done && <span className={styles.unseen}>{say('stepper.done')}</span>}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
