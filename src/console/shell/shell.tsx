import { Outlet } from '@tanstack/react-router';
import { say } from '../strings/say.js';
import { Toasts } from '../ui/toast/toast.js';
import { BottomBar } from './bottom-bar.js';
import { CommandBoxProvider } from './command-box.js';
import { Rail } from './rail.js';
import styles from './shell.module.css';
import { Shortcuts } from './shortcuts.js';
import { TopBar } from './top-bar.js';

/** The frame of every page behind the sign-in: top bar, rail (a bottom bar on a telephone), the page, remarks. */
export function Shell() {
  return (
    <CommandBoxProvider>
      <div className={styles.shell}>
        <a href="#page" className={styles.skip}>
          {say('shell.skip')}
        </a>
        <TopBar />
        <Rail />
        <main id="page" className={styles.page} tabIndex={-1}>
          <Outlet />
        </main>
        <BottomBar />
      </div>
      <Shortcuts />
      <Toasts />
    </CommandBoxProvider>
  );
}
