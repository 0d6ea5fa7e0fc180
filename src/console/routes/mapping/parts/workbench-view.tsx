import type { Checked } from '../../../../api/shapes/mapping-types.js';
import type { MappingForm } from '../../../../mapping/form/form-model.js';
import { say } from '../../../strings/say.js';
import { remark } from '../../../ui/toast/toast.js';
import type { Draft } from '../draft/use-draft.js';
import type { Impact } from '../draft/use-impact.js';
import type { MappingSearch, MappingView } from '../search.js';
import { AttributesView } from './attributes-view.js';
import { CodeView } from './code-view.js';
import type { EditForm } from './edit-form.js';
import { ImpactView } from './impact-view.js';
import { RulesView } from './rules-view.js';
import { TestsView } from './tests-view.js';
import { VersionsView } from './versions-view.js';

interface Props {
  readonly channel: string;
  readonly document: string;
  readonly view: MappingView;
  readonly search: MappingSearch;
  readonly draft: Draft;
  readonly form: MappingForm | null;
  readonly below: MappingForm | null;
  /** The last text that loads. */
  readonly good: string;
  readonly faulty: boolean;
  readonly impact: Impact;
  readonly edit: EditForm;
  readonly whyNot: string | null;
  readonly checked: Checked | undefined;
  look(changed: Partial<MappingSearch>, replace?: boolean): void;
  show(view: MappingView, changed?: Partial<MappingSearch>): void;
}

/** The view of the draft the address names. */
export function WorkbenchView(props: Props) {
  const { channel, view, search, draft, form, below, good, faulty, impact, edit, whyNot, checked } = props;
  const { store, text } = draft;
  const onFind = (find: string): void => props.look({ find: find || undefined });
  const find = search.find;
  switch (view) {
    case 'rules':
      return <RulesView {...{ channel, form, find, onFind, edit, whyNot }} counts={impact.counts} />;
    case 'attributes':
      return <AttributesView {...{ channel, form, below, find, onFind, edit, whyNot }} text={good} />;
    case 'code':
      return (
        <CodeView
          {...{ channel, text, checked, whyNot }}
          document={props.document}
          sku={search.sku}
          line={search.line}
          onChange={(next) => store.edit(next, 'code')}
          onLine={(line) => props.look({ line })}
        />
      );
    case 'tests':
      return <TestsView {...{ channel, faulty, whyNot }} text={good} />;
    case 'versions':
      return (
        <VersionsView
          {...{ channel, text, whyNot }}
          version={search.version}
          onRestore={(next, number) => {
            store.edit(next, 'restore');
            remark({ text: say('mapping.restored', { n: number }), undo: () => store.undo() });
          }}
        />
      );
    case 'impact':
      return <ImpactView {...{ channel, impact, search, faulty }} text={good} />;
  }
}
