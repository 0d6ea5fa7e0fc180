/** How far the draft is kept by the server. `moved`: somebody else saved a newer one. */
export type SaveState = 'saved' | 'unsaved' | 'saving' | 'failed' | 'moved';

/** The draft as it is on the screen. */
export interface DraftState {
  readonly text: string;
  /** What is published. */
  readonly published: string;
  /** Revision of the draft this text began from; 0: there is none yet. */
  readonly revision: number;
  /** Version the draft is made of. */
  readonly base: number;
  readonly saved: SaveState;
  /** When it was kept last; null: never. */
  readonly savedAt: string | null;
  readonly error: unknown;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/** What the server knows. */
export interface KnownDraft {
  readonly text: string;
  readonly version: number;
  readonly draft: {
    readonly text: string;
    readonly revision: number;
    readonly base: number;
    readonly at: string;
  } | null;
}

/** Keeps a text on the server; answers its new revision. */
export type Save = (draft: { text: string; revision: number; base: number }) => Promise<number>;

const SETTLED_MS = 800;
/** Edits of one place within this time are one step of undo. */
const ONE_STEP_MS = 1_200;
const MOST_STEPS = 200;

interface Step {
  readonly text: string;
  readonly place: string;
  readonly at: number;
}

/**
 * The one text behind all views of a mapping. Every edit goes through it, so that undo works across views and each is kept by
 * itself a moment after the last one. Never saves over a newer revision.
 */
export class DraftStore {
  private state: DraftState;
  private readonly save: Save;
  private readonly isMoved: (error: unknown) => boolean;
  private readonly watchers = new Set<() => void>();
  private past: Step[] = [];
  private future: string[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(known: KnownDraft, save: Save, isMoved: (error: unknown) => boolean) {
    this.save = save;
    this.isMoved = isMoved;
    this.state = stateOf(known);
  }

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  readonly now = (): DraftState => this.state;

  /** Takes a new text. `place`: where it was edited; quick edits of one place are undone together. */
  edit(text: string, place: string): void {
    if (text === this.state.text) return;
    const last = this.past.at(-1);
    const at = Date.now();
    if (last === undefined || last.place !== place || at - last.at > ONE_STEP_MS)
      this.past = [...this.past, { text: this.state.text, place, at }].slice(-MOST_STEPS);
    else this.past = [...this.past.slice(0, -1), { ...last, at }];
    this.future = [];
    this.change(text);
  }

  undo(): void {
    const last = this.past.at(-1);
    if (last === undefined) return;
    this.past = this.past.slice(0, -1);
    this.future = [...this.future, this.state.text];
    this.change(last.text);
  }

  redo(): void {
    const next = this.future.at(-1);
    if (next === undefined) return;
    this.future = this.future.slice(0, -1);
    this.past = [...this.past, { text: this.state.text, place: 'redo', at: 0 }];
    this.change(next);
  }

  /** Keeps it now. Answers whether the server has it. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    if (this.state.saved === 'saved') return true;
    if (this.state.saved === 'moved' || this.state.saved === 'saving') return false;
    const { text, revision, base } = this.state;
    this.tell({ saved: 'saving', error: null });
    try {
      const next = await this.save({ text, revision, base });
      const still = this.state.text === text;
      this.tell({ revision: next, savedAt: new Date().toISOString(), saved: still ? 'saved' : 'unsaved' });
      if (!still) this.soon();
      return still;
    } catch (error) {
      this.tell({ saved: this.isMoved(error) ? 'moved' : 'failed', error });
      return false;
    }
  }

  /** What the server knows now: taken over where nothing here is unsaved; else only what is published. */
  learn(known: KnownDraft): void {
    const next = stateOf(known);
    const { saved, revision, published } = this.state;
    const isPublished = next.revision === 0 && next.published !== published;
    if (saved === 'saved' && (next.revision > revision || isPublished)) {
      this.past = [];
      this.future = [];
      this.tell(next);
    } else if (next.published !== published) this.tell({ published: next.published });
  }

  /** Goes on from what the server knows: with its text, or with another one that has taken it over. */
  settle(known: KnownDraft, text: string): void {
    const next = stateOf(known);
    this.tell({ ...next, base: known.version, saved: text === next.text ? 'saved' : 'unsaved', text });
    if (text !== next.text) this.soon();
  }

  private change(text: string): void {
    this.tell({ text, saved: this.state.saved === 'moved' ? 'moved' : 'unsaved', error: null });
    this.soon();
  }

  private soon(): void {
    clearTimeout(this.timer);
    if (this.state.saved !== 'moved') this.timer = setTimeout(() => void this.flush(), SETTLED_MS);
  }

  private tell(changed: Partial<DraftState>): void {
    const next = { ...this.state, ...changed };
    this.state = { ...next, canUndo: this.past.length > 0, canRedo: this.future.length > 0 };
    for (const watcher of this.watchers) watcher();
  }
}

function stateOf({ text, version, draft }: KnownDraft): DraftState {
  return {
    text: draft?.text ?? text,
    published: text,
    revision: draft?.revision ?? 0,
    base: draft?.base ?? version,
    saved: 'saved',
    savedAt: draft?.at ?? null,
    error: null,
    canUndo: false,
    canRedo: false,
  };
}
