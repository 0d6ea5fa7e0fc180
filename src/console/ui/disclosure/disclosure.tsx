import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import styles from './disclosure.module.css';

interface Props {
  readonly summary: ReactNode;
  readonly children: ReactNode;
  readonly startOpen?: boolean;
}

/** Something one press below. What is inside is only made when it is opened. */
export function Disclosure({ summary, children, startOpen = false }: Props) {
  const [open, setOpen] = useState(startOpen);
  const id = useId();
  return (
    <div className={styles.disclosure}>
      <button
        type="button"
        className={styles.summary}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <ChevronRight size={16} aria-hidden="true" className={styles.arrow} />
        <span>{summary}</span>
      </button>
      <div id={id} hidden={!open} className={styles.inside}>
        {open && children}
      </div>
    </div>
  );
}
