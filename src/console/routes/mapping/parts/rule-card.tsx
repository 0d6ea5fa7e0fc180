import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Copy, EllipsisVertical, Pencil, Power, Trash2 } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import type { ImpactCounts } from '../../../../api/shapes/mapping-types.js';
import type { FormRule } from '../../../../mapping/form/form-model.js';
import { count } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { Button, IconButton } from '../../../ui/button/button.js';
import { Menu } from '../../../ui/menu/menu.js';
import { remark } from '../../../ui/toast/toast.js';
import { mappingsQuery } from '../queries.js';
import { canCopy, copyRule } from './copy-rule.js';
import type { EditForm } from './edit-form.js';
import { MoveRule } from './move-rule.js';
import { RuleEditor } from './rule-editor.js';
import { RuleSentence } from './rule-sentence.js';
import styles from './rules.module.css';

interface Props {
  readonly channel: string;
  readonly rule: FormRule;
  /** Place of the last rule. */
  readonly last: number;
  readonly counts: ImpactCounts | null;
  readonly edit: EditForm;
  readonly whyNot: string | null;
}

/** One rule as a sentence; opened, the same as fields in place. */
export function RuleCard({ channel, rule, last, counts, edit, whyNot }: Props) {
  const [open, setOpen] = useState(false);
  const [moving, setMoving] = useState(false);
  const { data: mappings } = useQuery(mappingsQuery);
  const { index, name, off } = rule;
  const others = canCopy(rule) ? (mappings ?? []).filter((each) => each.channel !== channel) : [];
  const copyTo = async (other: string): Promise<void> => {
    try {
      remark({ text: await copyRule(rule, other) });
    } catch (error) {
      remark({ text: error instanceof Error ? error.message : String(error), failed: true });
    }
  };
  const counted = counts?.rules.find((each) => each.name === name && each.by === 'mapping');
  const most = Math.max(1, ...(counts?.rules ?? []).map(({ matched }) => matched));
  const move = (to: number): void => {
    if (to >= 0 && to <= last && to !== index) edit({ do: 'move', path: ['rules', index], to });
  };
  const pressed = (event: KeyboardEvent): void => {
    if (whyNot !== null || event.target !== event.currentTarget) return;
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      move(index + (event.key === 'ArrowUp' ? -1 : 1));
    } else if (!event.altKey && !event.ctrlKey && (event.key === 'Enter' || event.key === 'e')) setOpen(true);
  };
  const choices = [
    { id: 'edit', label: say('mapping.edit'), icon: <Pencil size={16} />, onAction: () => setOpen(true) },
    {
      id: 'duplicate',
      label: say('mapping.duplicate'),
      icon: <Copy size={16} />,
      onAction: () =>
        void edit({ do: 'duplicate', path: ['rules', index], name: say('mapping.copy_of', { name }) }),
    },
    ...others.map((each) => ({
      id: `copy ${each.channel}`,
      label: say('mapping.copy_to', { channel: each.channel }),
      onAction: () => void copyTo(each.channel),
    })),
    {
      id: 'off',
      label: off ? say('mapping.switch_on') : say('mapping.switch_off'),
      icon: <Power size={16} />,
      onAction: () =>
        void edit(
          off
            ? { do: 'remove', path: ['rules', index, 'off'] }
            : { do: 'set', path: ['rules', index, 'off'], value: true },
        ),
    },
    ...(index > 0
      ? [
          {
            id: 'up',
            label: say('mapping.move_up'),
            icon: <ArrowUp size={16} />,
            onAction: () => move(index - 1),
          },
        ]
      : []),
    ...(index < last
      ? [
          {
            id: 'down',
            label: say('mapping.move_down'),
            icon: <ArrowDown size={16} />,
            onAction: () => move(index + 1),
          },
        ]
      : []),
    ...(last > 1 ? [{ id: 'to', label: say('mapping.move_to'), onAction: () => setMoving(true) }] : []),
    {
      id: 'delete',
      label: say('mapping.delete'),
      icon: <Trash2 size={16} />,
      danger: true,
      onAction: () => void edit({ do: 'remove', path: ['rules', index] }, say('mapping.deleted', { name })),
    },
  ];
  return (
    <li className={styles.card} data-off={off ? '' : undefined}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: j and k walk the cards, Enter opens one */}
      <article className={styles.inside} data-row={name} tabIndex={0} onKeyDown={pressed} aria-label={name}>
        <header className={styles.head}>
          <h2 className={styles.name}>
            <span className={styles.number}>{index + 1}</span> <bdi>{name}</bdi>
          </h2>
          {off ? (
            <span className={styles.dim}>{say('mapping.off')}</span>
          ) : (
            counted && <Reach matched={counted.matched} most={most} />
          )}
          {whyNot === null && (
            <Menu
              label={say('mapping.rule_menu', { name })}
              trigger={
                <IconButton
                  small
                  label={say('mapping.rule_menu', { name })}
                  icon={<EllipsisVertical size={16} />}
                />
              }
              choices={choices}
            />
          )}
        </header>
        {moving && <MoveRule index={index} last={last} onMove={move} onClose={() => setMoving(false)} />}
        {open ? (
          <>
            <RuleEditor rule={rule} edit={edit} />
            <Button kind="quiet" onPress={() => setOpen(false)}>
              {say('mapping.done')}
            </Button>
          </>
        ) : (
          <RuleSentence body={rule} cases={rule.cases} />
        )}
        {counted && counted.overridden > 0 && (
          <p className={styles.dim}>{say('mapping.overridden', { n: counted.overridden })}</p>
        )}
      </article>
    </li>
  );
}

function Reach({ matched, most }: { readonly matched: number; readonly most: number }) {
  return (
    <span className={styles.reach}>
      <span>{say('mapping.matched', { n: matched, shown: count(matched) })}</span>
      <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" className={styles.bar100}>
        <rect width={matched === 0 ? 0 : Math.max(3, (matched / most) * 100)} height="1" />
      </svg>
    </span>
  );
}
