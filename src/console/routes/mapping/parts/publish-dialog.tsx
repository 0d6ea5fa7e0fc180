import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem } from '../../../app/call.js';
import { useMay } from '../../../app/session.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Age } from '../../../ui/age/age.js';
import { Button } from '../../../ui/button/button.js';
import { Checkbox } from '../../../ui/checkbox/checkbox.js';
import { Dialog } from '../../../ui/dialog/dialog.js';
import { Refused } from '../../../ui/form/form.js';
import { Notice } from '../../../ui/notice/notice.js';
import { TextField } from '../../../ui/text-field/text-field.js';
import { remark } from '../../../ui/toast/toast.js';
import type { Draft } from '../draft/use-draft.js';
import type { Impact } from '../draft/use-impact.js';
import { sentencesQuery, testsQuery } from '../queries.js';
import { askToPublish, publish } from '../writes.js';
import { Totals } from './impact-strip.js';
import styles from './publish.module.css';

interface Props {
  readonly channel: string;
  readonly draft: Draft;
  /** The version that is published; 0: none yet. */
  readonly version: number;
  readonly impact: Impact;
  onClose(): void;
}

/** What exactly publishing does, in words and numbers, with the comment that goes into the history. */
export function PublishDialog({ channel, draft, version, impact, onClose }: Props) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const may = useMay();
  const [comment, setComment] = useState('');
  const [despiteTests, setDespiteTests] = useState(false);
  const [seen, setSeen] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const sentences = useQuery(sentencesQuery(channel, undefined, 0));
  const tests = useQuery(testsQuery(channel, draft.text));
  const { report, state } = impact;
  const failing = tests.data?.failed ?? 0;
  const holds = report?.holds ?? [];
  const approves = may('plans:approve');
  const whyNot = whyNotYet({
    comment: comment.trim() !== '' || version === 0,
    counted: report !== null && state === 'done',
    tested: failing === 0 || (approves && despiteTests),
    released: holds.length === 0 || (approves && seen),
    approves,
  });
  const work = async (job: () => Promise<void>): Promise<void> => {
    setPending(true);
    setError(null);
    try {
      await draft.store.flush();
      await job();
      await client.invalidateQueries({ queryKey: ['mapping', channel] });
      await client.invalidateQueries({ queryKey: ['mappings'] });
      await client.invalidateQueries({ queryKey: ['plan'] });
      onClose();
    } catch (problem) {
      setError(problem);
    } finally {
      setPending(false);
    }
  };
  const send = (): Promise<void> =>
    work(async () => {
      const { revision } = draft.store.now();
      const released = holds.length > 0 && report !== null ? { checksum: report.checksum } : {};
      const tested = failing > 0 ? { despiteTests: true as const } : {};
      const { version: made } = await publish(channel, {
        revision,
        comment: comment.trim(),
        ...released,
        ...tested,
      });
      remark({ text: say('mapping.published', { n: made }) });
      void navigate({ to: '/plans/$channel', params: { channel } });
    });
  const ask = (): Promise<void> =>
    work(async () => {
      const { revision } = draft.store.now();
      await askToPublish(channel, { revision, comment: comment.trim() || say('mapping.look_at_it') });
      remark({ text: say('mapping.asked') });
    });
  const changed = report === null ? 0 : report.of - report.totals.unchanged;
  return (
    <Dialog
      open
      title={say('mapping.publish_title', { channel })}
      onClose={onClose}
      actions={
        <>
          <Button autoFocus onPress={onClose}>
            {say('common.cancel')}
          </Button>
          <Button onPress={() => void ask()} whyNot={may('mappings:write') ? null : say('mapping.may_not')}>
            {say('mapping.ask')}
          </Button>
          <Button kind="primary" pending={pending} whyNot={whyNot} onPress={() => void send()}>
            {say('mapping.publish_n', { version: version + 1, n: count(changed) })}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        {error !== null && <Failure error={error} onAgain={impact.again} />}
        {(sentences.data ?? []).length > 0 && (
          <ul className={styles.sentences}>
            {(sentences.data ?? []).map((sentence) => (
              <li key={sentence}>
                <bdi>{sentence}</bdi>
              </li>
            ))}
          </ul>
        )}
        {report && (
          <div>
            <Totals channel={channel} totals={report.totals} />
            <p className={styles.dim}>
              {say('mapping.computed')} <Age at={report.at} />
            </p>
          </div>
        )}
        {report?.reviewed && (
          <Notice tone="warning">
            {say('mapping.reviewed_again', {
              channel,
              n: report.reviewed.listings,
              attributes: report.reviewed.attributes.join(', '),
            })}
          </Notice>
        )}
        {holds.map(({ code, message }) => (
          <Notice key={code} tone="warning">
            {message}. {approves ? '' : say('mapping.needs_approval')}
          </Notice>
        ))}
        {holds.length > 0 && approves && (
          <Checkbox checked={seen} onChange={setSeen}>
            {say('mapping.release', { checksum: (report?.checksum ?? '').slice(0, 8) })}
          </Checkbox>
        )}
        {failing > 0 && <Notice tone="warning">{say('mapping.tests_failing', { n: failing })}</Notice>}
        {failing > 0 && approves && (
          <Checkbox checked={despiteTests} onChange={setDespiteTests}>
            {say('mapping.despite_tests')}
          </Checkbox>
        )}
        <TextField
          label={say('mapping.comment')}
          help={say('mapping.comment_help')}
          lines={2}
          value={comment}
          onChange={setComment}
          maxLength={2000}
        />
      </div>
    </Dialog>
  );
}

function Failure({ error, onAgain }: { readonly error: unknown; onAgain(): void }) {
  const moved = error instanceof ApiProblem && error.code === 'publication_held';
  return (
    <>
      <Refused error={error} />
      {moved && (
        <Button kind="quiet" onPress={onAgain}>
          {say('mapping.count_again')}
        </Button>
      )}
    </>
  );
}

interface Conditions {
  readonly comment: boolean;
  readonly counted: boolean;
  readonly tested: boolean;
  readonly released: boolean;
  readonly approves: boolean;
}

function whyNotYet({ comment, counted, tested, released, approves }: Conditions): string | null {
  if (!counted) return say('mapping.wait_for_impact');
  if (!comment) return say('mapping.comment_first');
  if (!tested) return approves ? say('mapping.tests_first') : say('mapping.tests_approver');
  if (!released) return approves ? say('mapping.release_first') : say('mapping.needs_approval');
  return null;
}
