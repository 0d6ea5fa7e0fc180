import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { say } from '../../strings/say.js';
import { IconButton } from '../button/button.js';
import styles from './peek-panel.module.css';

interface Props {
  readonly title: ReactNode;
  onClose(): void;
  /** `[` and `]` walk to the row before and after with the panel open. */
  onStep?(step: -1 | 1): void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
}

/** A look at one row beside the list, part of the address (`?open=`). Escape closes it; the row gets the focus back. */
export function PeekPanel({ title, onClose, onStep, children, footer }: Props) {
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    panel.current?.focus({ preventScroll: true });
  }, []);
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className={styles.panel}
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {onStep && (
          <>
            <IconButton
              data-step="back"
              label={say('peek.previous')}
              icon={<ChevronUp size={20} />}
              onPress={() => onStep(-1)}
            />
            <IconButton
              data-step="on"
              label={say('peek.next')}
              icon={<ChevronDown size={20} />}
              onPress={() => onStep(1)}
            />
          </>
        )}
        <IconButton label={say('common.close')} icon={<X size={20} />} onPress={onClose} />
      </header>
      <div className={styles.body}>{children}</div>
      {footer !== undefined && <footer className={styles.footer}>{footer}</footer>}
    </aside>
  );
}
