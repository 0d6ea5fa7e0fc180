import { editText } from '../../../../mapping/form/edit-text.js';
import type { FormEdit } from '../../../../mapping/form/form-edit.js';
import { say } from '../../../strings/say.js';
import { remark } from '../../../ui/toast/toast.js';
import type { DraftStore } from '../draft/draft-store.js';

/** Does something to the draft's text by form; false: it cannot be done without touching other lines. */
export type EditForm = (edit: FormEdit, undoable?: string) => boolean;

/** The form's way to the text: it changes the edited node alone, or says that only the code view can. */
export function editorOf(store: DraftStore): EditForm {
  return (edit, undoable) => {
    const next = editText(store.now().text, edit);
    if (next === null) {
      remark({ text: say('mapping.by_code_only'), failed: true });
      return false;
    }
    store.edit(next, JSON.stringify('path' in edit ? edit.path : edit.do));
    if (undoable !== undefined) remark({ text: undoable, undo: () => store.undo() });
    return true;
  };
}
