import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Preview } from '../../../../api/shapes/mapping-types.js';
import { ApiProblem } from '../../../app/call.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { Diff } from '../../../ui/diff/diff.js';
import { Disclosure } from '../../../ui/disclosure/disclosure.js';
import { JsonValue } from '../../../ui/json-value/json-value.js';
import { textOf } from '../../../ui/json-value/text-of.js';
import { EmptyState, LoadError, Notice } from '../../../ui/notice/notice.js';
import { Waiting } from '../../../ui/skeleton/skeleton.js';
import { IssueText } from '../../listings/parts/issue-text.js';
import { useSettled } from '../draft/use-draft.js';
import { previewQuery } from '../queries.js';
import styles from './preview.module.css';

interface Props {
  readonly channel: string;
  readonly sku: string | undefined;
  readonly text: string;
  readonly whyNot: string | null;
  /** Keeps this product as a test. */
  onKeep(sku: string): Promise<void>;
}

const SETTLED_MS = 120;

/** One product as the draft makes it, beside what is published. The last good answer stays while the text has errors. */
export function PreviewPane({ channel, sku, text, whyNot, onKeep }: Props) {
  const settled = useSettled(text, SETTLED_MS);
  const query = useQuery(previewQuery(channel, sku, settled));
  const [good, setGood] = useState<Preview | null>(null);
  const { data, error } = query;
  if (data?.listing && data.sku === sku && data !== good) setGood(data);
  const shown = good?.sku === sku ? good : null;
  if (sku === undefined) return <EmptyState title={say('mapping.preview_none')} />;
  if (error && !shown)
    return error instanceof ApiProblem && error.code === 'unknown_sku' ? (
      <EmptyState title={say('mapping.preview_gone', { sku })} />
    ) : (
      <LoadError error={error} retry={() => void query.refetch()} />
    );
  const fault =
    data?.listing === null ? data.diagnostics.find(({ severity }) => severity === 'error') : undefined;
  return (
    <div className={styles.preview} data-stale={fault ? '' : undefined}>
      {fault && (
        <Notice tone="warning">
          {shown
            ? say('mapping.preview_stale', { line: fault.line })
            : say('mapping.preview_fault', { line: fault.line })}
        </Notice>
      )}
      {!shown && !fault && <Waiting rows={6} />}
      {shown && (
        <>
          <Outcome preview={shown} channel={channel} />
          <Attributes preview={shown} channel={channel} />
          <div className={styles.foot}>
            <Button whyNot={whyNot} onPress={() => void onKeep(sku)}>
              {say('mapping.keep_test')}
            </Button>
            <Link to="/listings/$channel/$sku" params={{ channel, sku }}>
              {say('mapping.open_listing')}
            </Link>
          </div>
        </>
      )}
    </div>
  );
}

function Outcome({ preview, channel }: { readonly preview: Preview; readonly channel: string }) {
  const { listing } = preview;
  if (listing === null) return null;
  const { before, after, issues } = listing;
  const moved = before.outcome !== after.outcome || before.reason !== after.reason;
  return (
    <>
      <p className={styles.outcome} data-outcome={after.outcome}>
        {say(`mapping.outcome.${after.outcome}`, { reason: after.reason ?? '' })}
        {moved && (
          <span className={styles.dim}>
            {' '}
            {say('mapping.outcome_before', {
              before: say(`mapping.outcome.${before.outcome}`, { reason: before.reason ?? '' }),
            })}
          </span>
        )}
      </p>
      {issues.map((issue) => (
        <IssueText key={`${issue.code} ${issue.message}`} issue={issue} channel={channel} />
      ))}
    </>
  );
}

type Attribute = NonNullable<Preview['listing']>['attributes'][number];

function Attributes({ preview, channel }: { readonly preview: Preview; readonly channel: string }) {
  const all = preview.listing?.attributes ?? [];
  const loud = all.filter(({ changed, issues }) => changed || issues.length > 0);
  const quiet = all.filter((attribute) => !loud.includes(attribute) && attribute.after !== undefined);
  return (
    <>
      <ul className={styles.attributes}>
        {loud.map((attribute) => (
          <AttributeLine key={attribute.name} attribute={attribute} channel={channel} />
        ))}
      </ul>
      {loud.length === 0 && <p className={styles.dim}>{say('mapping.no_change_here')}</p>}
      {quiet.length > 0 && (
        <Disclosure summary={say('mapping.as_before', { n: quiet.length })}>
          <ul className={styles.attributes}>
            {quiet.map((attribute) => (
              <AttributeLine key={attribute.name} attribute={attribute} channel={channel} />
            ))}
          </ul>
        </Disclosure>
      )}
    </>
  );
}

function AttributeLine({ attribute, channel }: { readonly attribute: Attribute; readonly channel: string }) {
  const { name, before, after, changed, reason, issues, notes } = attribute;
  return (
    <li className={styles.attribute}>
      <code dir="ltr" className={styles.name}>
        {name}
      </code>
      <div className={styles.value}>
        {changed ? (
          <Diff before={textOrNull(before)} after={textOrNull(after)} />
        ) : (
          <JsonValue value={after} />
        )}
        {reason !== '' && (
          <p className={styles.reason}>
            <bdi>{reason}</bdi>
          </p>
        )}
        {notes.map((note) => (
          <p key={note} className={styles.reason}>
            <bdi>{note}</bdi>
          </p>
        ))}
        {issues.map((issue) => (
          <IssueText key={`${issue.code} ${issue.message}`} issue={issue} channel={channel} />
        ))}
      </div>
    </li>
  );
}

function textOrNull(value: unknown): string | null {
  return value === undefined || value === null ? null : textOf(value);
}
