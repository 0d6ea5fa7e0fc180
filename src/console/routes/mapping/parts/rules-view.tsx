import { Plus, Search } from 'lucide-react';
import { useState } from 'react';
import type { ImpactCounts } from '../../../../api/shapes/mapping-types.js';
import type { MappingForm } from '../../../../mapping/form/form-model.js';
import { say } from '../../../strings/say.js';
import { Button } from '../../../ui/button/button.js';
import { EmptyState, Notice } from '../../../ui/notice/notice.js';
import { conditionWords } from '../words/condition-words.js';
import type { EditForm } from './edit-form.js';
import { NewRule } from './new-rule.js';
import { RuleCard } from './rule-card.js';
import styles from './rules.module.css';

interface Props {
  readonly channel: string;
  /** Null: the text is no mapping at the moment, only the code view can show it. */
  readonly form: MappingForm | null;
  readonly counts: ImpactCounts | null;
  readonly find: string | undefined;
  onFind(text: string): void;
  readonly edit: EditForm;
  readonly whyNot: string | null;
}

/** Rules as cards, in their order: what each asks, what it sets, how many listings it reaches. */
export function RulesView({ channel, form, counts, find, onFind, edit, whyNot }: Props) {
  const [adding, setAdding] = useState(false);
  if (form === null) return <Notice tone="warning">{say('mapping.no_form')}</Notice>;
  const wanted = (find ?? '').toLowerCase();
  const shown = form.rules.filter((rule) => JSON.stringify(rule).toLowerCase().includes(wanted));
  const inherited = (counts?.rules ?? []).filter(({ by }) => by === 'default');
  return (
    <div className={styles.rules}>
      <div className={styles.bar}>
        <label className={styles.find}>
          <Search size={16} aria-hidden="true" />
          <input
            type="search"
            aria-label={say('mapping.find_rule')}
            placeholder={say('mapping.find_rule')}
            value={find ?? ''}
            onChange={(event) => onFind(event.target.value)}
          />
        </label>
        <Button icon={<Plus size={16} />} whyNot={whyNot} onPress={() => setAdding(true)}>
          {say('mapping.add_rule')}
        </Button>
      </div>
      {form.select.map(({ name, when }) => (
        <p key={name} className={styles.select}>
          <strong>{say('mapping.send_when')}</strong> <bdi>{conditionWords(when)}</bdi>
        </p>
      ))}
      {adding && <NewRule rules={form.rules} edit={edit} onClose={() => setAdding(false)} />}
      {form.rules.length === 0 && !adding && (
        <EmptyState title={say('mapping.no_rules')}>{say('mapping.no_rules_text')}</EmptyState>
      )}
      {form.rules.length > 0 && shown.length === 0 && (
        <EmptyState title={say('mapping.no_rule_found', { text: find ?? '' })} />
      )}
      <ol className={styles.list}>
        {shown.map((rule) => (
          <RuleCard
            key={`${rule.index} ${rule.name}`}
            channel={channel}
            rule={rule}
            last={form.rules.length - 1}
            counts={counts}
            edit={edit}
            whyNot={whyNot}
          />
        ))}
      </ol>
      {inherited.length > 0 && (
        <p className={styles.inherited}>
          {say('mapping.inherited', { names: inherited.map(({ name }) => `“${name}”`).join(', ') })}
        </p>
      )}
    </div>
  );
}
