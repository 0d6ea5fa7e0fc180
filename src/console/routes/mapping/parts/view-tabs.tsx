import { Link } from '@tanstack/react-router';
import { say } from '../../../strings/say.js';
import tabStyles from '../../../ui/tabs/link-tabs.module.css';
import { MAPPING_VIEWS, type MappingView, PANES } from '../search.js';
import styles from './workbench.module.css';

interface Props {
  readonly channel: string;
  readonly view: MappingView;
  readonly pane: string | undefined;
  readonly findings: number;
}

/** The views as tabs of the address; on a telephone also which half of the workbench is shown. */
export function ViewTabs({ channel, view, pane, findings }: Props) {
  return (
    <div className={styles.tabs}>
      <nav aria-label={say('mapping.views')} className={tabStyles.tabs}>
        {MAPPING_VIEWS.map((id) => (
          <Link
            key={id}
            to="/mappings/$channel/$view"
            params={{ channel, view: id }}
            search={(before: object) => ({ ...before, pane: undefined })}
            className={tabStyles.tab}
            aria-current={id === view ? 'page' : undefined}
          >
            {say(`mapping.view.${id}`)}
            {id === 'code' && findings > 0 && <span className={tabStyles.count}>{findings}</span>}
          </Link>
        ))}
      </nav>
      <nav aria-label={say('mapping.panes')} className={styles.panes}>
        {PANES.map((id) => (
          <Link
            key={id}
            to="."
            search={(before: object) => ({ ...before, pane: id === 'edit' ? undefined : id }) as never}
            className={styles.pane}
            aria-current={id === (pane ?? 'edit') ? 'true' : undefined}
          >
            {say(`mapping.pane.${id}`)}
          </Link>
        ))}
      </nav>
    </div>
  );
}
