import { setTimeout as wait } from 'node:timers/promises';
import { stillKnown } from '../../access/still-known.js';
import { liveFacts, TOPICS, type Topic } from '../live-facts.js';
import { Refusal } from '../problem.js';
import { event, route, stream } from '../route.js';
import { object, type Shape, text } from '../shape.js';

const LOOK_EVERY_MS = 500;
/** With a look every half second: at most four messages a second to one browser. What changed meanwhile comes with the next look. */
const TOPICS_A_LOOK = 2;
/** Whether who listens may still is asked anew every ten seconds. */
const LOOKS_A_CHECK = 20;
const MOST_LISTENERS = 200;

let listeners = 0;

const told = object({ topic: text() });

/** Server-sent events: what changed, so that pages fetch it again. */
export const eventRoutes = [
  route({
    method: 'GET',
    path: '/events',
    permission: 'signed-in',
    summary: 'Tells when something of a topic changed; fetch it again then.',
    query: object({ topics: text(400) }),
    answer: stream({
      ready: object({}),
      ...(Object.fromEntries(TOPICS.map((topic) => [topic, told])) as Record<
        Topic,
        Shape<{ readonly topic: string }>
      >),
    }),
    async *handle({ app, caller, query, signal }) {
      const topics = topicsIn(query.topics);
      if (listeners >= MOST_LISTENERS)
        throw new Refusal(
          429,
          'too_many_listeners',
          'Too many pages listen at once.',
          'Close some, or reload later.',
        );
      listeners += 1;
      try {
        let seen = await liveFacts(app.database);
        yield event('ready', {});
        for (let look = 1; !signal.aborted; look++) {
          await wait(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
          if (signal.aborted) return;
          if (look % LOOKS_A_CHECK === 0 && !(await stillKnown(app.database, caller, app.clock.now())))
            return;
          const now = await liveFacts(app.database);
          const changed = topics.filter((topic) => now[topic] !== seen[topic]).slice(0, TOPICS_A_LOOK);
          for (const topic of changed) yield event(topic, { topic });
          seen = { ...seen, ...Object.fromEntries(changed.map((topic) => [topic, now[topic]])) };
        }
      } finally {
        listeners -= 1;
      }
    },
  }),
];

function topicsIn(given: string): readonly Topic[] {
  const asked = new Set(given.split(','));
  const topics = TOPICS.filter((topic) => asked.has(topic));
  if (topics.length !== asked.size || topics.length === 0)
    throw new Refusal(
      400,
      'unknown_topic',
      'There is a topic we do not know.',
      `Use some of: ${TOPICS.join(', ')}.`,
    );
  return topics;
}
