import type { FormBody, FormValue } from '../../../../mapping/form/form-model.js';
import { say } from '../../../strings/say.js';
import { conditionWords } from '../words/condition-words.js';
import { sourceWords } from '../words/source-words.js';
import styles from './rules.module.css';

/** What a rule asks and does, line by line. */
export function RuleSentence({
  body,
  cases,
}: {
  readonly body: FormBody;
  readonly cases: readonly FormBody[];
}) {
  const { when, set, append, remove, exclude } = body;
  return (
    <dl className={styles.sentence}>
      {when !== null && <Line word={say('mapping.when')} text={conditionWords(when)} />}
      {set.map((value) => (
        <Line key={value.name} word={say('mapping.set')} code={value.name} text={valueWords(value)} />
      ))}
      {append.map((value) => (
        <Line key={value.name} word={say('mapping.append')} code={value.name} text={valueWords(value)} />
      ))}
      {remove.map((name) => (
        <Line key={name} word={say('mapping.take_out')} code={name} />
      ))}
      {exclude !== null && (
        <Line word={say('mapping.set')} text={say('mapping.not_sent', { reason: exclude })} />
      )}
      {cases.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cases have no name but their place
        <div key={at} className={styles.case}>
          <dt>
            {at === 0 ? say('mapping.if') : one.when === null ? say('mapping.else') : say('mapping.else_if')}
          </dt>
          <dd>
            <RuleSentence body={one} cases={[]} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Line({
  word,
  code,
  text,
}: {
  readonly word: string;
  readonly code?: string;
  readonly text?: string;
}) {
  return (
    <div>
      <dt>{word}</dt>
      <dd>
        {code !== undefined && (
          <>
            <code dir="ltr">{code}</code> {text !== undefined && <span aria-hidden="true">→ </span>}
          </>
        )}
        {text !== undefined && <bdi>{text}</bdi>}
      </dd>
    </div>
  );
}

/** How an attribute is filled, in words; lists and maps as they are written. */
export function valueWords({ source, written }: FormValue): string {
  return source === null ? written : sourceWords(source);
}
