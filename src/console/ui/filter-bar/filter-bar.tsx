import { ListFilter } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { say } from '../../strings/say.js';
import { Button } from '../button/button.js';
import { Dialog } from '../dialog/dialog.js';
import { SearchField } from '../text-field/text-field.js';
import styles from './filter-bar.module.css';

interface Props {
  /** How many filters are set, for the button that folds them on a telephone. */
  readonly set: number;
  /** Takes all of them back; shown when any is set. */
  onClear(): void;
  /** The text filter, first; it is part of the address, like the others. */
  readonly search?: { readonly label: string; readonly value: string; onChange(value: string): void };
  readonly children?: ReactNode;
  /** At the end: a switch of how the list is shown. */
  readonly end?: ReactNode;
}

/** The filters of a list. Under 720 px all but the text fold into one button. */
export function FilterBar({ set, onClear, search, children, end }: Props) {
  const [open, setOpen] = useState(false);
  const clear = set > 0 && (
    <Button kind="quiet" onPress={onClear}>
      {say('filters.clear')}
    </Button>
  );
  return (
    <search className={styles.bar} aria-label={say('filters.label')}>
      {search && <TextFilter key={search.label} {...search} />}
      {children !== undefined && (
        <>
          <div className={styles.inline}>
            {children}
            {clear}
          </div>
          <div className={styles.folded}>
            <Button icon={<ListFilter size={16} />} onPress={() => setOpen(true)}>
              {set > 0 ? say('filters.button_set', { n: set }) : say('filters.button')}
            </Button>
          </div>
          <Dialog as="sheet" title={say('filters.label')} open={open} onClose={() => setOpen(false)}>
            <div className={styles.sheet}>
              {children}
              {clear}
            </div>
          </Dialog>
        </>
      )}
      {end !== undefined && <div className={styles.end}>{end}</div>}
    </search>
  );
}

/** The address follows when somebody stops typing. */
const SETTLED_MS = 250;

function TextFilter({ label, value, onChange }: NonNullable<Props['search']>) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value); // the address moved by itself: Back, Clear
    setText(value);
  }
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => onChange(text), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <div className={styles.text}>
      <SearchField label={label} value={text} onChange={setText} onSubmit={onChange} />
    </div>
  );
}
