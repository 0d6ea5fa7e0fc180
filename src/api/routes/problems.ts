import type { App } from '../../app.js';
import { type OpenProblem, openProblems } from '../../problems/problems.js';
import { endSnooze, notedProblems, snoozeProblems } from '../../problems/snooze.js';
import { currentProblems, refreshProblems } from '../../problems/standing-problems.js';
import { idOfGroup, problemGroups } from '../../views/problem-list.js';
import { noSuch, Refusal } from '../problem.js';
import { nothing, route } from '../route.js';
import { described, list, object, optional, text, yesNo } from '../shape.js';
import { problemGroup, snoozeWish } from '../shapes/overview.js';

const params = object({ id: text(300) });

/** What needs a person, and what was put off. */
export const problemRoutes = [
  route({
    method: 'GET',
    path: '/problems',
    permission: 'problems:read',
    summary: 'Lists open problems, grouped; those a person must act on come first.',
    query: object({
      channel: optional(text(200)),
      snoozed: described(
        optional(yesNo()),
        'Only those that were put off; absent: only those that were not.',
      ),
    }),
    answer: object({ groups: list(problemGroup) }),
    async handle({ app, query, now }) {
      const open = await currentProblems(app.database, now, query.channel);
      const noted = await notedProblems(app.database, open, now);
      const wanted = query.snoozed === true;
      return { groups: problemGroups(noted.filter(({ snooze }) => (snooze !== null) === wanted)) };
    },
  }),
  route({
    method: 'POST',
    path: '/problems/:id/snooze',
    permission: 'problems:write',
    summary: 'Puts the problems of a group off until an instant, or until they change.',
    params,
    body: snoozeWish,
    answer: nothing,
    async handle(call) {
      const { app, params: at, body, caller, now } = call;
      const until = body.until === undefined ? null : new Date(body.until).toISOString();
      if (until !== null && until <= now)
        throw new Refusal(422, 'until_past', 'That instant has passed.', 'Choose a later one.', [
          { pointer: '/until', message: 'has passed', advice: null },
        ]);
      const problems = await membersOf(app, at.id);
      const snooze = { until, note: body.note ?? '', by: caller?.name ?? 'operator', at: now };
      await app.database.transaction((tx) => snoozeProblems(tx, problems, snooze));
      call.note({
        object: `problem ${at.id}`,
        after: { until, note: snooze.note, problems: problems.length },
      });
      return undefined;
    },
  }),
  route({
    method: 'DELETE',
    path: '/problems/:id/snooze',
    permission: 'problems:write',
    summary: 'Brings the problems of a group back at once.',
    params,
    answer: nothing,
    async handle(call) {
      const { app, params: at } = call;
      const problems = await membersOf(app, at.id);
      const ended = await app.database.transaction((tx) => endSnooze(tx, problems));
      call.note({ object: `problem ${at.id}`, after: { ended } });
      return undefined;
    },
  }),
];

/** Throws a Refusal (404) when nothing of the group is open. */
async function membersOf(app: App, id: string): Promise<readonly OpenProblem[]> {
  // What was shown may be newer than the last sweep; putting it off needs its beginning written down.
  await refreshProblems(app.database, app.clock.now());
  const found = (await openProblems(app.database)).filter((problem) => idOfGroup(problem) === id);
  if (found.length === 0) throw noSuch('problem', id);
  return found;
}
