import { useLinkProps } from '@tanstack/react-router';
import { count } from '../../strings/formats.js';
import styles from './link-tabs.module.css';

/** One tab: a part of the page's address. */
export interface LinkTab {
  readonly id: string;
  readonly label: string;
  /** Beside the label, exact. */
  readonly count?: number | undefined;
  /** What of the address it sets; everything else stays. */
  readonly search: Readonly<Record<string, unknown>>;
}

interface Props {
  readonly label: string;
  readonly tabs: readonly LinkTab[];
  readonly current: string;
}

/** Tabs that are part of the address: a tab can be mailed, reloaded and opened beside. Links, since each is a page of its own. */
export function LinkTabs({ label, tabs, current }: Props) {
  return (
    <nav aria-label={label} className={styles.tabs}>
      {tabs.map((tab) => (
        <Tab key={tab.id} tab={tab} isCurrent={tab.id === current} />
      ))}
    </nav>
  );
}

/** The page says which tab is current: the router takes an address with less in it for current, too. */
function Tab({ tab, isCurrent }: { readonly tab: LinkTab; readonly isCurrent: boolean }) {
  const link = useLinkProps({
    to: '.',
    search: ((before: Readonly<Record<string, unknown>>) => ({ ...before, ...tab.search })) as never,
  });
  return (
    <a {...link} className={styles.tab} aria-current={isCurrent ? 'page' : undefined}>
      {tab.label}
      {tab.count !== undefined && <span className={styles.count}>{count(tab.count)}</span>}
    </a>
  );
}
