import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DraftStore, type KnownDraft } from '../../src/console/routes/mapping/draft/draft-store.js';

const PUBLISHED: KnownDraft = { text: 'a', version: 3, draft: null };
const at = '2026-11-25T12:00:00.000Z';
const saved = (text: string, revision: number): KnownDraft => ({
  ...PUBLISHED,
  draft: { text, revision, base: 3, at },
});
class Moved extends Error {}

describe('the draft of a mapping on the screen', () => {
  let kept: string[];
  let answer: () => Promise<number>;
  let store: DraftStore;
  beforeEach(() => {
    vi.useFakeTimers();
    kept = [];
    answer = async () => kept.length;
    store = new DraftStore(
      PUBLISHED,
      async ({ text, revision }) => {
        kept.push(`${revision}:${text}`);
        return answer();
      },
      (error) => error instanceof Moved,
    );
  });
  afterEach(() => void vi.useRealTimers());

  it('is kept by itself a moment after the last edit, from the revision it began with', async () => {
    store.edit('ab', 'code');
    await vi.advanceTimersByTimeAsync(500);
    store.edit('abc', 'code');
    await vi.advanceTimersByTimeAsync(500);
    expect(kept).toEqual([]);
    await vi.advanceTimersByTimeAsync(400);
    expect(kept).toEqual(['0:abc']);
    expect(store.now()).toMatchObject({ saved: 'saved', revision: 1 });
    store.edit('abcd', 'code');
    await vi.advanceTimersByTimeAsync(900);
    expect(kept).toEqual(['0:abc', '1:abcd']);
  });

  it('undoes quick edits of one place as one step, and those of another place apart', () => {
    store.edit('ab', 'code');
    store.edit('abc', 'code');
    store.edit('x', 'rule 1');
    store.undo();
    expect(store.now().text).toBe('abc');
    store.undo();
    expect(store.now()).toMatchObject({ text: 'a', canUndo: false, canRedo: true });
    store.redo();
    expect(store.now().text).toBe('abc');
  });

  it('is never saved over a newer one: it waits until somebody has looked at both', async () => {
    answer = () => Promise.reject(new Moved());
    store.edit('mine', 'code');
    await vi.advanceTimersByTimeAsync(900);
    expect(store.now().saved).toBe('moved');
    store.edit('mine, longer', 'code');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(kept).toEqual(['0:mine']);
    answer = async () => 8;
    store.settle(saved('theirs', 7), 'both');
    await vi.advanceTimersByTimeAsync(900);
    expect(kept).toEqual(['0:mine', '7:both']);
    expect(store.now()).toMatchObject({ saved: 'saved', revision: 8, text: 'both' });
  });

  it('stays on the screen when it cannot be saved, and an edit during a save is saved after it', async () => {
    answer = () => Promise.reject(new Error('no network'));
    store.edit('ab', 'code');
    await vi.advanceTimersByTimeAsync(900);
    expect(store.now()).toMatchObject({ saved: 'failed', text: 'ab' });
    let done: (revision: number) => void = () => undefined;
    answer = () => new Promise((resolve) => (done = resolve));
    const flushed = store.flush();
    store.edit('abc', 'code');
    done(1);
    expect(await flushed).toBe(false);
    answer = async () => 2;
    await vi.advanceTimersByTimeAsync(900);
    expect(kept.at(-1)).toBe('1:abc');
  });

  it('takes over what the server knows only where nothing here is unsaved, and never an older one', () => {
    store.learn(saved('theirs', 4));
    expect(store.now()).toMatchObject({ text: 'theirs', revision: 4 });
    store.learn(saved('older', 2));
    expect(store.now().text).toBe('theirs');
    store.edit('mine', 'code');
    store.learn(saved('newer', 9));
    expect(store.now()).toMatchObject({ text: 'mine', revision: 4 });
  });
});
