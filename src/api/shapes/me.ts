import { PERMISSIONS, ROLES } from '../../access/permissions.js';
import { list, nullable, type Of, object, oneOf, text, yesNo } from '../shape.js';

/** Who is asking, and what they may do. */
export const me = object({
  kind: oneOf('user', 'key'),
  id: text(),
  name: text(),
  role: nullable(oneOf(...ROLES)),
  permissions: list(oneOf(...PERMISSIONS)),
  /** Whether a second factor was shown; buyers' names and addresses need it. */
  secondFactor: yesNo(),
});

/** Answer of `GET /me`. */
export type Me = Of<typeof me>;
