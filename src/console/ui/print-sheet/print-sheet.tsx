import { Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import { say } from '../../strings/say.js';
import { Button } from '../button/button.js';
import styles from './print-sheet.module.css';

interface Props {
  /** The head of the sheet: where and when. */
  readonly title: ReactNode;
  readonly children: ReactNode;
}

/** One sheet of paper: on the screen a card, on paper black on white with a page of its own. */
export function PrintSheet({ title, children }: Props) {
  return (
    <section className={styles.sheet}>
      <h2 className={styles.title}>{title}</h2>
      {children}
    </section>
  );
}

/** A box to tick with a pen. */
export function TickBox() {
  return <span className={styles.box} aria-hidden="true" />;
}

/** Prints the page. */
export function PrintButton() {
  return (
    <Button kind="primary" icon={<Printer size={16} />} onPress={() => window.print()}>
      {say('print.button')}
    </Button>
  );
}
