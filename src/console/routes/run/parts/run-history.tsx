import { useState } from 'react';
import type { Run } from '../../../../api/shapes/runs.js';
import { fullInstant, moment } from '../../../strings/formats.js';
import { say } from '../../../strings/say.js';
import { RadioGroup } from '../../../ui/checkbox/checkbox.js';
import { CopyButton } from '../../../ui/code/code.js';
import { textOf } from '../../../ui/json-value/text-of.js';
import { StateShape } from '../../../ui/state-chip/state-chip.js';
import { nameOfNumber } from '../../runs/parts/run-facts.js';
import styles from '../../runs/parts/runs.module.css';
import history from './run-history.module.css';

const KINDS = ['compact', 'full', 'json'] as const;

/** Every line a run told: the sentence, with its facts, or as it is kept. */
export function RunHistory({ run }: { readonly run: Run }) {
  const [kind, setKind] = useState<(typeof KINDS)[number]>('compact');
  const json = JSON.stringify(run, null, 2);
  if (run.lines.length === 0) return <p className={history.inside}>{say('run.told_nothing')}</p>;
  return (
    <>
      <div className={history.kinds}>
        <RadioGroup
          bare
          label={say('run.history')}
          value={kind}
          onChange={(id) => setKind(KINDS.find((each) => each === id) ?? 'compact')}
          choices={KINDS.map((id) => ({ id, label: say(`run.kind.${id}`) }))}
        />
        {kind === 'json' && <CopyButton text={json} />}
      </div>
      {kind === 'json' ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reached with the keyboard
        <pre className={history.json} dir="ltr" tabIndex={0}>
          {json}
        </pre>
      ) : (
        <ol className={styles.rows}>
          {run.lines.map(({ at, level, message, facts }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the past does not move
            <li key={place}>
              <time dateTime={at} title={fullInstant(at)} className={styles.dim}>
                {moment(at)}
              </time>
              <div>
                <p>
                  {level !== 'info' && (
                    <span className={styles.failed}>
                      <StateShape state="rejected" /> {say(`run.level.${level}`)}{' '}
                    </span>
                  )}
                  {message}
                </p>
                {kind === 'full' && (
                  <p className={`${styles.facts} ${styles.dim}`}>
                    {Object.entries(facts).map(([name, value]) => (
                      <span key={name}>
                        {nameOfNumber(name)} <bdi>{textOf(value)}</bdi>
                      </span>
                    ))}
                  </p>
                )}
              </div>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
