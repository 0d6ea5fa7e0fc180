import type { ReactNode } from 'react';
import type { ProblemGroup } from '../../../api/shapes/overview.js';
import { day } from '../../strings/formats.js';
import { say } from '../../strings/say.js';
import { ChannelMark } from '../channel-mark/channel-mark.js';
import { Code } from '../code/code.js';
import { Disclosure } from '../disclosure/disclosure.js';
import styles from './problem-card.module.css';

/** Equal problems of one channel as one line: effect, cause, next step. */
export type ProblemFacts = ProblemGroup;

interface Props {
  readonly problem: ProblemFacts;
  /** A line below its facts: until when it is put off. */
  readonly note?: ReactNode;
  /** More buttons: Snooze. */
  readonly actions?: ReactNode;
  /** Without what is one press below: on the overview. */
  readonly short?: boolean;
}

/** One problem: one sentence, one button. Red only when a person must act; nobody presses "resolve". */
export function ProblemCard({ problem, note, actions, short }: Props) {
  const { channel, message, advice, owner, since, code, seenAt, count, members } = problem;
  return (
    <article className={`${styles.problem} ${styles[owner]}`}>
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" className={styles.shape}>
        {owner === 'operator' ? (
          <path d="M7 .8 13.4 12.6H.6z" />
        ) : (
          <circle cx="7" cy="7" r="5" className={styles.ring} />
        )}
      </svg>
      <div className={styles.words}>
        <p className={styles.effect}>
          <bdi>{message}</bdi>
        </p>
        <p className={styles.advice}>{advice}</p>
        <p className={styles.facts}>
          {channel !== null && <ChannelMark channel={channel} />}
          <span>{say(`owner.${owner}`)}</span>
          <span>{say('problem.since', { day: day(since) })}</span>
          {count > 1 && <span>{say('problem.count', { n: count })}</span>}
        </p>
        {note && <p className={styles.facts}>{note}</p>}
        {!short && (
          <Disclosure summary={say('problem.details')}>
            <p className={styles.facts}>
              <Code copy>{code}</Code>
              <span>{say('problem.seen', { day: day(seenAt) })}</span>
            </p>
            {count > 1 && (
              <ul className={styles.members}>
                {members.map((member) => (
                  <li key={member.key}>
                    <bdi>{member.message}</bdi>
                  </li>
                ))}
              </ul>
            )}
          </Disclosure>
        )}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </article>
  );
}
