import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { TextVersion } from '../../../../api/shapes/mapping-types.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { AgeWithInstant } from '../../../ui/age/age.js';
import { Button } from '../../../ui/button/button.js';
import { EmptyState, LoadError } from '../../../ui/notice/notice.js';
import { Waiting } from '../../../ui/skeleton/skeleton.js';
import { sentencesQuery, versionsQuery, versionTextQuery } from '../queries.js';
import styles from './versions.module.css';

const MergePanes = lazy(async () => ({ default: (await import('../code/merge-panes.js')).MergePanes }));

interface Props {
  readonly channel: string;
  readonly text: string;
  readonly version: number | undefined;
  readonly whyNot: string | null;
  onRestore(text: string, number: number): void;
}

/** Who published what when; the one that is looked at beside the draft, in sentences and line by line. */
export function VersionsView({ channel, text, version, whyNot, onRestore }: Props) {
  const query = useQuery(versionsQuery(channel));
  const { data, error } = query;
  if (error) return <LoadError error={error} retry={() => void query.refetch()} />;
  if (!data) return <Waiting rows={4} />;
  if (data.length === 0)
    return <EmptyState title={say('mapping.no_versions')}>{say('mapping.no_versions_text')}</EmptyState>;
  const shown = data.find(({ number }) => number === version) ?? data[0];
  return (
    <div className={styles.view}>
      <ol className={styles.list}>
        {data.map((one) => (
          <VersionLine key={one.number} version={one} open={one.number === shown?.number} />
        ))}
      </ol>
      {shown && (
        <Compared channel={channel} number={shown.number} text={text} whyNot={whyNot} onRestore={onRestore} />
      )}
    </div>
  );
}

function VersionLine({ version, open }: { readonly version: TextVersion; readonly open: boolean }) {
  const { number, author, approvedBy, comment, at, impact } = version;
  return (
    <li className={styles.line} data-row={String(number)} data-open={open ? '' : undefined}>
      <p className={styles.head}>
        <Link
          to="."
          search={(before: object) => ({ ...before, version: number })}
          aria-current={open ? 'true' : undefined}
          className={styles.number}
        >
          {say('mapping.version_n', { n: number })}
        </Link>
        <AgeWithInstant at={at} />
        <span className={styles.dim}>{say('history.by', { actor: author.replace(/^operator:/, '') })}</span>
        {approvedBy !== null && (
          <span className={styles.dim}>
            {say('mapping.approved_by', { who: approvedBy.replace(/^operator:/, '') })}
          </span>
        )}
      </p>
      <p>
        <bdi>{comment}</bdi>
      </p>
      {impact !== null && (
        <p className={styles.dim}>
          {say('mapping.impact_then', {
            changed: count(impact.changed),
            appears: count(impact.appears),
            vanishes: count(impact.vanishes),
            blocked: count(impact.newlyBlocked),
          })}
        </p>
      )}
    </li>
  );
}

interface ComparedProps extends Pick<Props, 'channel' | 'text' | 'whyNot' | 'onRestore'> {
  readonly number: number;
}

function Compared({ channel, number, text, whyNot, onRestore }: ComparedProps) {
  const before = useQuery(versionTextQuery(channel, number));
  const sentences = useQuery(sentencesQuery(channel, number, 0));
  if (before.error) return <LoadError error={before.error} retry={() => void before.refetch()} />;
  if (before.data === undefined) return <Waiting rows={6} />;
  const same = before.data === text;
  return (
    <section className={styles.compared} aria-label={say('mapping.compared_with', { n: number })}>
      <header className={styles.bar}>
        <h2>{say('mapping.compared_with', { n: number })}</h2>
        {!same && (
          <Button whyNot={whyNot} onPress={() => onRestore(before.data, number)}>
            {say('mapping.restore', { n: number })}
          </Button>
        )}
      </header>
      {same && <p className={styles.dim}>{say('mapping.same_text')}</p>}
      {!same && (
        <>
          <ul className={styles.sentences}>
            {(sentences.data ?? []).map((sentence) => (
              <li key={sentence}>
                <bdi>{sentence}</bdi>
              </li>
            ))}
          </ul>
          <Suspense fallback={<Waiting rows={6} />}>
            <MergePanes
              before={{ name: say('mapping.version_n', { n: number }), text: before.data }}
              after={{ name: say('mapping.draft'), text }}
            />
          </Suspense>
        </>
      )}
    </section>
  );
}
