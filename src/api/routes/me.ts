import { Refusal } from '../problem.js';
import { route } from '../route.js';
import { me } from '../shapes/me.js';

/** `GET /me`: who is asking. */
export const meRoutes = [
  route({
    method: 'GET',
    path: '/me',
    permission: 'signed-in',
    summary: 'Says who is asking and what they may do.',
    answer: me,
    handle({ caller }) {
      if (caller === null) throw new Refusal(401, 'not_signed_in', 'Nobody is signed in.', 'Sign in.');
      const { kind, id, name, role, secondFactor } = caller;
      return { kind, id, name, role, secondFactor, permissions: [...caller.permissions] };
    },
  }),
];
