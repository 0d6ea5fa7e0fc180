import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Mapping } from '../../../../api/shapes/mapping-types.js';
import { mappingQuery } from '../queries.js';
import { isMoved, saverOf } from '../writes.js';
import { type DraftState, DraftStore } from './draft-store.js';

/** The draft of a page with all that changes it. */
export interface Draft extends DraftState {
  readonly store: DraftStore;
}

/** The draft of a channel for as long as the page is open. */
export function useDraft(channel: string, mapping: Mapping): Draft {
  const client = useQueryClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: later answers are learned below, a new store would lose the history
  const store = useMemo(() => {
    const save = saverOf(channel);
    return new DraftStore(
      mapping,
      async (draft) => {
        const revision = await save(draft);
        void client.invalidateQueries({ queryKey: mappingQuery(channel).queryKey, exact: true });
        void client.invalidateQueries({ queryKey: ['mappings'] });
        return revision;
      },
      isMoved,
    );
  }, [channel, client]);
  useEffect(() => store.learn(mapping), [store, mapping]);
  const state = useSyncExternalStore(store.watch, store.now);
  return { ...state, store };
}

/** A value that follows when it has stood still for a while. */
export function useSettled<Value>(value: Value, ms: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
