import type { LookupDiff } from '../../../../api/shapes/mapping-types.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Dialog } from '../../../ui/dialog/dialog.js';
import { Diff } from '../../../ui/diff/diff.js';
import { Notice } from '../../../ui/notice/notice.js';
import styles from '../lookup.module.css';

interface Props {
  readonly diff: LookupDiff;
  onSave(): void;
  onClose(): void;
}

const SHOWN = 20;

/** What saving changes, row by row, before it is saved; lines that cannot be read are named. */
export function DiffDialog({ diff, onSave, onClose }: Props) {
  const { added, removed, changed, problems } = diff;
  const all = added.length + removed.length + changed.length;
  return (
    <Dialog
      open
      title={say('lookups.save_title')}
      onClose={onClose}
      actions={
        <>
          <Button autoFocus onPress={onClose}>
            {say('common.cancel')}
          </Button>
          <Button kind="primary" whyNot={all === 0 ? say('lookups.no_change') : null} onPress={onSave}>
            {say('lookups.save_n', { n: all, shown: count(all) })}
          </Button>
        </>
      }
    >
      <div className={styles.sheet}>
        <p role="status">
          {say('lookups.diff_sum', {
            added: count(added.length),
            changed: count(changed.length),
            removed: count(removed.length),
          })}
        </p>
        {problems.length > 0 && (
          <Notice tone="warning">
            {problems.slice(0, SHOWN).map(({ line, message }) => (
              <p key={line}>{say('lookups.problem', { line, message })}</p>
            ))}
          </Notice>
        )}
        <ul className={styles.changes}>
          {changed.slice(0, SHOWN).map(({ key, before, after }) => (
            <li key={key}>
              <bdi>{key}</bdi>:{' '}
              <Diff before={before.slice(1).join(' · ')} after={after.slice(1).join(' · ')} />
            </li>
          ))}
          {added.slice(0, SHOWN).map((cells) => (
            <li key={cells[0]}>
              <Diff before={null} after={cells.join(' · ')} />
            </li>
          ))}
          {removed.slice(0, SHOWN).map((cells) => (
            <li key={cells[0]}>
              <Diff before={cells.join(' · ')} after={null} />
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
