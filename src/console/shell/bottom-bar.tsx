import { useRouterState } from '@tanstack/react-router';
import { Menu as MenuIcon } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../app/session.js';
import { say } from '../strings/say.js';
import { Dialog } from '../ui/dialog/dialog.js';
import styles from './bottom-bar.module.css';
import { DAILY, type Place, POCKET, SET_UP } from './places.js';
import { PlaceLink } from './rail.js';

/** The rail of a telephone: four pages and More. */
export function BottomBar() {
  const [open, setOpen] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [openedOn, setOpenedOn] = useState(path);
  if (openedOn !== path) {
    setOpenedOn(path); // a page was chosen
    setOpen(false);
  }
  const may = useMay();
  const seen = [...DAILY, ...SET_UP].filter(({ permission }) => may(permission));
  const inBar = (place: Place) => POCKET.includes(place.id);
  return (
    <nav className={styles.bar} aria-label={say('shell.pages')}>
      <ul className={styles.list}>
        {seen.filter(inBar).map((place) => (
          <PlaceLink key={place.id} place={place} />
        ))}
        <li>
          <button type="button" className={styles.more} onClick={() => setOpen(true)} aria-haspopup="dialog">
            <MenuIcon size={20} strokeWidth={1.5} aria-hidden="true" />
            <span>{say('shell.more')}</span>
          </button>
        </li>
      </ul>
      <Dialog as="sheet" title={say('shell.pages')} open={open} onClose={() => setOpen(false)}>
        <ul className={styles.sheet}>
          {seen
            .filter((place) => !inBar(place))
            .map((place) => (
              <PlaceLink key={place.id} place={place} />
            ))}
        </ul>
      </Dialog>
    </nav>
  );
}
