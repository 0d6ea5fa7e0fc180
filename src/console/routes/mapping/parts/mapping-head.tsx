import { useNavigate } from '@tanstack/react-router';
import { History, Redo2, Trash2, Undo2 } from 'lucide-react';
import type { Mapping } from '../../../../api/shapes/mapping-types.js';
import { useWhyNot } from '../../../app/session.js';
import { moment } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Button, IconButton } from '../../../ui/button/button.js';
import { ChannelMark } from '../../../ui/channel-mark/channel-mark.js';
import { PageHead } from '../../../ui/page-head/page-head.js';
import type { Draft } from '../draft/use-draft.js';
import type { MappingView } from '../search.js';

interface Props {
  readonly mapping: Mapping;
  readonly draft: Draft;
  readonly view: MappingView;
  /** Why nothing can be published; null: it can. */
  readonly whyNot: string | null;
  onDrop(): void;
  onPublish(): void;
}

/** The head of the workbench: whose mapping, how far it is kept, undo, and the one way on. */
export function MappingHead({ mapping, draft, view, whyNot, onDrop, onPublish }: Props) {
  const navigate = useNavigate();
  const permitted = useWhyNot()('mappings:publish');
  const { channel, version } = mapping;
  const { store, canUndo, canRedo, text, published } = draft;
  const isDraft = text !== published;
  const toImpact = (): void =>
    void navigate({
      to: '/mappings/$channel/$view',
      params: { channel, view: 'impact' },
      search: (before: object) => before,
    });
  return (
    <PageHead
      title={say('mapping.title', { channel })}
      name={[say(`mapping.view.${view}`), channel, say('place.mappings')]}
      beside={
        <>
          <ChannelMark channel={channel} />
          <span role="status">{standing(draft, version)}</span>
        </>
      }
      actions={
        <>
          {canUndo && (
            <IconButton label={say('mapping.undo')} icon={<Undo2 size={20} />} onPress={() => store.undo()} />
          )}
          {canRedo && (
            <IconButton label={say('mapping.redo')} icon={<Redo2 size={20} />} onPress={() => store.redo()} />
          )}
          {isDraft && <IconButton label={say('mapping.drop')} icon={<Trash2 size={20} />} onPress={onDrop} />}
          {draft.saved === 'failed' && (
            <Button icon={<History size={16} />} onPress={() => void store.flush()}>
              {say('mapping.save_again')}
            </Button>
          )}
          {isDraft && view !== 'impact' && <Button onPress={toImpact}>{say('mapping.review')}</Button>}
          {isDraft && (
            <Button kind="primary" whyNot={permitted ?? whyNot} onPress={onPublish}>
              {say('mapping.publish')}
            </Button>
          )}
        </>
      }
    />
  );
}

function standing({ text, published, saved, savedAt }: Draft, version: number): string {
  if (saved === 'failed') return say('mapping.save_failed');
  if (text === published && saved === 'saved')
    return version === 0 ? say('mapping.standing_none') : say('mapping.standing', { n: version });
  if (saved === 'saving' || saved === 'unsaved') return say('mapping.standing_unsaved');
  return say('mapping.standing_draft', { at: savedAt === null ? '' : moment(savedAt) });
}
