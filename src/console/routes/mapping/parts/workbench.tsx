import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useBlocker, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { Mapping } from '../../../../api/shapes/mapping-types.js';
import { readForm } from '../../../../mapping/form/read-form.js';
import { useWhyNot } from '../../../app/session.js';
import { say } from '../../../strings/say.js';
import { Confirm } from '../../../ui/dialog/dialog.js';
import { remark } from '../../../ui/toast/toast.js';
import { useDraft, useSettled } from '../draft/use-draft.js';
import { useImpact } from '../draft/use-impact.js';
import { checkQuery, mappingQuery, testFileQuery } from '../queries.js';
import type { MappingSearch, MappingView } from '../search.js';
import { dropDraft, keepAsTest } from '../writes.js';
import { editorOf } from './edit-form.js';
import { ImpactStrip } from './impact-strip.js';
import { MappingHead } from './mapping-head.js';
import { MovedDialog } from './moved-dialog.js';
import previewStyles from './preview.module.css';
import { PreviewPane } from './preview-pane.js';
import { PreviewPicker } from './preview-picker.js';
import { PublishDialog } from './publish-dialog.js';
import { useMappingKeys } from './use-mapping-keys.js';
import { ViewTabs } from './view-tabs.js';
import styles from './workbench.module.css';
import { WorkbenchView } from './workbench-view.js';

interface Props {
  readonly mapping: Mapping;
  readonly view: MappingView;
  readonly search: MappingSearch;
}

const CHECKED_MS = 250;

/** One draft, seen as rules, attributes, code, tests, versions and impact; beside it one product, below it all of them. */
export function Workbench({ mapping, view, search }: Props) {
  const { channel, version, document } = mapping;
  const client = useQueryClient();
  const navigate = useNavigate();
  const whyNot = useWhyNot()('mappings:write');
  const draft = useDraft(channel, mapping);
  const { store, text, published, saved } = draft;
  const [began] = useState(text);
  const [publishing, setPublishing] = useState(false);
  const [dropping, setDropping] = useState(false);
  const form = useMemo(() => readForm(text), [text]);
  const below = useMemo(
    () => (mapping.defaultText === null ? null : readForm(mapping.defaultText)),
    [mapping.defaultText],
  );
  const settled = useSettled(text, CHECKED_MS);
  const check = useQuery(checkQuery(channel, settled));
  const isChecked = check.data !== undefined && settled === text && !check.isPlaceholderData;
  const faulty = check.data?.loads === false;
  // What counts is the last text that loads: a half typed word changes no number.
  const [good, setGood] = useState(published);
  if (isChecked && !faulty && good !== text) setGood(text);
  const hasRules = (form?.rules.length ?? 0) > 0;
  const impact = useImpact(channel, good === published && !hasRules && view !== 'impact' ? null : good);
  const edit = useMemo(() => editorOf(store), [store]);
  const look = useCallback(
    (changed: Partial<MappingSearch>, replace = true) =>
      void navigate({ to: '.', search: (before: object) => ({ ...before, ...changed }) as never, replace }),
    [navigate],
  );
  const pick = useCallback((picked: Partial<MappingSearch>) => look(picked), [look]);
  const show = useCallback(
    (next: MappingView, changed: Partial<MappingSearch> = {}) =>
      void navigate({
        to: '/mappings/$channel/$view',
        params: { channel, view: next },
        search: (before: object) => ({ ...before, ...changed }),
      }),
    [navigate, channel],
  );
  useMappingKeys({ store, review: () => show('impact') });
  useBlocker({
    shouldBlockFn: async ({ current, next }) =>
      next.pathname.startsWith(`/mappings/${encodeURIComponent(channel)}/`) ||
      current.pathname === next.pathname
        ? false
        : !(await store.flush()),
    enableBeforeUnload: () => store.now().saved !== 'saved',
  });
  const keep = async (sku: string): Promise<void> => {
    try {
      const { name } = await keepAsTest(channel, { sku, text: faulty ? good : text });
      remark({ text: say('mapping.kept', { name }) });
      await client.invalidateQueries({ queryKey: testFileQuery(channel).queryKey });
      await client.invalidateQueries({ queryKey: ['mapping', channel, 'tests'] });
    } catch (error) {
      remark({ text: error instanceof Error ? error.message : String(error), failed: true });
    }
  };
  const drop = async (): Promise<void> => {
    const thrown = text;
    setDropping(false);
    await dropDraft(channel);
    const { queryKey } = mappingQuery(channel);
    await client.invalidateQueries({ queryKey, exact: true });
    const known = client.getQueryData<Mapping>(queryKey) ?? mapping;
    store.settle({ ...known, draft: null }, known.text);
    remark({ text: say('mapping.dropped'), undo: () => store.edit(thrown, 'undo drop') });
  };
  const publishable = faulty ? say('mapping.has_errors') : saved === 'moved' ? say('mapping.moved') : null;
  return (
    <>
      <MappingHead
        mapping={mapping}
        draft={draft}
        view={view}
        whyNot={publishable}
        onDrop={() => setDropping(true)}
        onPublish={() => setPublishing(true)}
      />
      <div className={styles.page} data-pane={search.pane ?? 'edit'} data-view={view}>
        <ViewTabs
          channel={channel}
          view={view}
          pane={search.pane}
          findings={check.data?.diagnostics.length ?? 0}
        />
        <div className={styles.main}>
          <WorkbenchView
            {...{
              channel,
              document,
              view,
              search,
              draft,
              form,
              below,
              good,
              faulty,
              impact,
              edit,
              whyNot,
              look,
              show,
            }}
            checked={check.data}
          />
        </div>
        <aside className={`${styles.side} ${previewStyles.pane}`} aria-label={say('mapping.preview')}>
          <h2>{say('mapping.preview')}</h2>
          <PreviewPicker
            channel={channel}
            pick={search.pick}
            sku={search.sku}
            counts={impact.counts}
            onPick={pick}
          />
          <PreviewPane channel={channel} sku={search.sku} text={text} whyNot={whyNot} onKeep={keep} />
        </aside>
        <div className={styles.foot}>
          <ImpactStrip channel={channel} impact={impact} faulty={faulty} moved={text !== published} />
        </div>
      </div>
      {publishing && (
        <PublishDialog
          channel={channel}
          draft={draft}
          version={version}
          impact={impact}
          onClose={() => setPublishing(false)}
        />
      )}
      {saved === 'moved' && <MovedDialog channel={channel} draft={draft} began={began} />}
      <Confirm
        open={dropping}
        title={say('mapping.drop_title', { channel })}
        consequence={say('mapping.drop_text')}
        verb={say('mapping.drop')}
        onConfirm={() => void drop()}
        onClose={() => setDropping(false)}
      />
    </>
  );
}
