import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleHelp, Search, UserRound } from 'lucide-react';
import { useStreamState } from '../app/live-events.js';
import { meQuery } from '../app/session.js';
import { signOut } from '../app/sign-out.js';
import { say } from '../strings/say.js';
import { IconButton } from '../ui/button/button.js';
import { Menu } from '../ui/menu/menu.js';
import { useCommandBox } from './command-box.js';
import { useShortcutSheet } from './shortcuts.js';
import styles from './top-bar.module.css';

/** Name, search, connection, help, account. */
export function TopBar() {
  const box = useCommandBox();
  const sheet = useShortcutSheet();
  return (
    <header className={styles.bar}>
      <Link to="/" className={styles.brand} aria-label={say('app.name')}>
        <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden="true" className={styles.mark}>
          <rect width="32" height="32" rx="7" />
          <path d="M7 10h18M7 16h18M7 22h18" />
          <circle cx="12" cy="10" r="3.4" />
          <circle cx="20" cy="16" r="3.4" />
          <circle cx="14" cy="22" r="3.4" />
        </svg>
        <span>{say('app.name')}</span>
      </Link>
      <button type="button" className={styles.search} onClick={box.open} aria-haspopup="dialog">
        <Search size={16} aria-hidden="true" />
        <span className={styles.searchWords}>{say('search.placeholder')}</span>
        <span className={styles.key} aria-hidden="true">
          /
        </span>
      </button>
      <div className={styles.end}>
        <Connection />
        <IconButton
          label={say('shell.help')}
          icon={<CircleHelp size={20} strokeWidth={1.5} />}
          onPress={sheet.open}
        />
        <Account />
      </div>
    </header>
  );
}

/** Says so when live updates do not arrive; quiet otherwise. */
function Connection() {
  const stream = useStreamState();
  return (
    <span role="status" className={styles.connection}>
      {stream === 'paused' && (
        <>
          <span className={styles.dot} aria-hidden="true" />
          {say('shell.paused')}
        </>
      )}
    </span>
  );
}

function Account() {
  const { data } = useQuery(meQuery);
  return (
    <Menu
      label={say('shell.account')}
      trigger={
        <IconButton
          label={data?.name ?? say('shell.account')}
          icon={<UserRound size={20} strokeWidth={1.5} />}
        />
      }
      choices={[
        { id: 'account', label: say('account.title'), href: '/settings/account' },
        { id: 'display', label: say('display.title'), href: '/settings/display' },
        { id: 'out', label: say('shell.sign_out'), onAction: () => void signOut() },
      ]}
    />
  );
}
