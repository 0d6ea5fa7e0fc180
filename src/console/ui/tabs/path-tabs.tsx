import { useLinkProps, useRouterState } from '@tanstack/react-router';
import styles from './link-tabs.module.css';

/** A page of an area: its address and its name. */
export interface PathTab {
  readonly to: string;
  readonly label: string;
}

/** Pages of one area as tabs: each has an address of its own. */
export function PathTabs({ label, tabs }: { readonly label: string; readonly tabs: readonly PathTab[] }) {
  return (
    <nav aria-label={label} className={styles.tabs}>
      {tabs.map((tab) => (
        <Tab key={tab.to} tab={tab} />
      ))}
    </nav>
  );
}

function Tab({ tab }: { readonly tab: PathTab }) {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const link = useLinkProps({ to: tab.to });
  return (
    <a {...link} className={styles.tab} aria-current={path === tab.to ? 'page' : undefined}>
      {tab.label}
    </a>
  );
}
