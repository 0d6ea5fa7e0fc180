import { Download } from 'lucide-react';
import { useState } from 'react';
import type { ImpactCounts } from '../../../../api/shapes/mapping-types.js';
import { pathOf } from '../../../app/call.js';
import { download } from '../../../app/call-stream.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Refused } from '../../../ui/form/form.js';
import { EmptyState, LoadError, Notice } from '../../../ui/notice/notice.js';
import { ProgressBar } from '../../../ui/progress-bar/progress-bar.js';
import { LinkTabs } from '../../../ui/tabs/link-tabs.js';
import type { Impact } from '../draft/use-impact.js';
import { IMPACT_TABS, type MappingSearch } from '../search.js';
import styles from './impact.module.css';
import { ChangedPairs, Reasons } from './impact-lists.js';

interface Props {
  readonly channel: string;
  readonly text: string;
  readonly impact: Impact;
  readonly search: MappingSearch;
  readonly faulty: boolean;
}

const LISTS = {
  appears: 'appearing',
  vanishes: 'vanishing',
  newlyBlocked: 'blocking',
  fixed: 'fixing',
} as const;

/** Everything a draft changes: warnings first, then each kind of consequence with samples. */
export function ImpactView({ channel, text, impact, search, faulty }: Props) {
  const { tab = 'changed' } = search;
  const { counts, progress, state, error, again } = impact;
  if (faulty)
    return <EmptyState title={say('mapping.impact_faulty')}>{say('mapping.impact_faulty_text')}</EmptyState>;
  return (
    <div className={styles.view}>
      {state === 'failed' && <LoadError error={error} retry={again} />}
      {progress !== null && state === 'running' && (
        <ProgressBar label={say('mapping.impact_counting')} done={progress.done} total={progress.of} />
      )}
      <Warnings channel={channel} impact={impact} />
      <div className={styles.bar}>
        <LinkTabs
          label={say('mapping.impact_tabs')}
          current={tab}
          tabs={IMPACT_TABS.map((id) => ({
            id,
            label: say(`impact.tab.${id}`),
            count: progress?.totals[id],
            search: { tab: id === 'changed' ? undefined : id },
          }))}
        />
        <DownloadButton channel={channel} text={text} />
      </div>
      {counts && <List counts={counts} tab={tab} done={state === 'done'} />}
      {impact.report && impact.report.notes.length > 0 && (
        <Notice tone="note">
          {impact.report.notes.map(({ attribute, pattern, before, after }) => (
            <p key={`${attribute} ${pattern}`}>
              {say('mapping.note_moved', {
                attribute: attribute ?? '',
                pattern,
                before: count(before),
                after: count(after),
              })}
            </p>
          ))}
        </Notice>
      )}
    </div>
  );
}

function Warnings({ channel, impact }: { readonly channel: string; readonly impact: Impact }) {
  const { counts, report } = impact;
  const holds = report?.holds ?? [];
  if (!counts?.reviewed && holds.length === 0) return null;
  return (
    <div className={styles.warnings}>
      {holds.map(({ code, message }) => (
        <Notice key={code} tone="warning">
          {message}. {say('mapping.needs_approval')}
        </Notice>
      ))}
      {counts?.reviewed && (
        <Notice tone="warning">
          {say('mapping.reviewed_again', {
            channel,
            n: counts.reviewed.listings,
            attributes: counts.reviewed.attributes.join(', '),
          })}
        </Notice>
      )}
    </div>
  );
}

interface ListProps {
  readonly counts: ImpactCounts;
  readonly tab: (typeof IMPACT_TABS)[number];
  readonly done: boolean;
}

function List({ counts, tab, done }: ListProps) {
  const reasons = tab === 'changed' ? [] : counts[LISTS[tab]];
  const empty = tab === 'changed' ? counts.attributes.length === 0 : reasons.length === 0;
  if (empty) return done ? <EmptyState title={say(`impact.none.${tab}`)} /> : null;
  if (tab === 'changed') return <ChangedPairs pairs={counts.attributes} />;
  return <Reasons reasons={reasons} />;
}

function DownloadButton({ channel, text }: { readonly channel: string; readonly text: string }) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async (): Promise<void> => {
    setPending(true);
    setError(null);
    try {
      await download(`${pathOf('/mappings', channel)}/impact/download`, { text }, `impact-${channel}.csv`);
    } catch (problem) {
      setError(problem);
    } finally {
      setPending(false);
    }
  };
  return (
    <>
      <Button icon={<Download size={16} />} pending={pending} onPress={() => void save()}>
        {say('mapping.download')}
      </Button>
      {error !== null && <Refused error={error} />}
    </>
  );
}
