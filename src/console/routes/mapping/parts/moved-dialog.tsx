import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { CodeBlock } from '../../../ui/code/code.js';
import { Dialog } from '../../../ui/dialog/dialog.js';
import { Disclosure } from '../../../ui/disclosure/disclosure.js';
import { LoadError } from '../../../ui/notice/notice.js';
import { Waiting } from '../../../ui/skeleton/skeleton.js';
import type { Draft } from '../draft/use-draft.js';
import { mappingQuery } from '../queries.js';
import styles from './publish.module.css';

const MergePanes = lazy(async () => ({ default: (await import('../code/merge-panes.js')).MergePanes }));

interface Props {
  readonly channel: string;
  readonly draft: Draft;
  /** What both began from, as far as this page saw it. */
  readonly began: string;
}

/** Somebody else saved a newer text: theirs, yours and what both began from. Yours can take over theirs, change by change. */
export function MovedDialog({ channel, draft, began }: Props) {
  const client = useQueryClient();
  const { queryKey, queryFn } = mappingQuery(channel);
  const query = useQuery({
    queryKey: [...queryKey, 'theirs', draft.revision],
    queryFn: queryFn as never,
    staleTime: 0,
  });
  const known = query.data as Parameters<typeof draft.store.settle>[0] | undefined;
  const [mine, setMine] = useState(draft.text);
  const theirs = known?.draft?.text ?? known?.text;
  const settle = (text: string): void => {
    if (known === undefined) return;
    draft.store.settle(known, text);
    void client.invalidateQueries({ queryKey, exact: true });
  };
  return (
    <Dialog
      open
      as="wide"
      title={say('mapping.moved')}
      onClose={() => undefined}
      actions={
        <>
          <Button onPress={() => settle(theirs ?? draft.text)}>{say('mapping.take_theirs')}</Button>
          <Button kind="primary" onPress={() => settle(mine)}>
            {say('mapping.save_mine')}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        <p>{say('mapping.moved_text')}</p>
        {query.error && <LoadError error={query.error} retry={() => void query.refetch()} />}
        {theirs === undefined && !query.error && <Waiting rows={6} />}
        {theirs !== undefined && (
          <Suspense fallback={<Waiting rows={6} />}>
            <MergePanes
              before={{ name: say('mapping.theirs'), text: theirs }}
              after={{ name: say('mapping.mine'), text: draft.text }}
              onChange={setMine}
            />
          </Suspense>
        )}
        <Disclosure summary={say('mapping.began')}>
          <CodeBlock label={say('mapping.began')}>{began}</CodeBlock>
        </Disclosure>
      </div>
    </Dialog>
  );
}
