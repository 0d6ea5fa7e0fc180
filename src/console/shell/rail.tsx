import { Link } from '@tanstack/react-router';
import { useMay } from '../app/session.js';
import { count } from '../strings/formats.js';
import { say } from '../strings/say.js';
import { DAILY, type Place, SET_UP } from './places.js';
import styles from './rail.module.css';
import { useRailCounts } from './rail-counts.js';

/** The way to every page, in order of use; counts stand where a person must act. */
export function Rail() {
  const may = useMay();
  const seen = (places: readonly Place[]) => places.filter(({ permission }) => may(permission));
  return (
    <nav className={styles.rail} aria-label={say('shell.pages')}>
      <ul className={styles.list}>
        {seen(DAILY).map((place) => (
          <PlaceLink key={place.id} place={place} />
        ))}
      </ul>
      <ul className={`${styles.list} ${styles.setUp}`} hidden={seen(SET_UP).length === 0}>
        {seen(SET_UP).map((place) => (
          <PlaceLink key={place.id} place={place} />
        ))}
      </ul>
    </nav>
  );
}

/** One page of the rail, with its count. */
export function PlaceLink({ place }: { readonly place: Place }) {
  const counts = useRailCounts();
  const waiting = counts[place.id] ?? 0;
  const Icon = place.icon;
  return (
    <li>
      <Link
        to={place.to}
        className={styles.place}
        activeOptions={{ exact: place.to === '/', includeSearch: false }}
        activeProps={{ 'aria-current': 'page' }}
        title={say(place.name)}
      >
        <Icon size={20} strokeWidth={1.5} aria-hidden="true" />
        <span className={styles.name}>{say(place.name)}</span>
        {waiting > 0 && (
          <span className={styles.count}>
            <span aria-hidden="true">{count(waiting)}</span>
            <span className={styles.unseen}>{say('shell.waiting', { n: waiting })}</span>
          </span>
        )}
      </Link>
    </li>
  );
}
