import { PERMISSIONS, ROLES } from '../../access/permissions.js';
import {
  described,
  instant,
  integer,
  json,
  list,
  nullable,
  type Of,
  object,
  oneOf,
  optional,
  record,
  text,
  yesNo,
} from '../shape.js';

const PASSWORD = 400;
const email = text(254, { min: 3 });
const name = text(200, { min: 1 });

/** Body of `POST /setup/look`. */
export const entryToken = object({ token: text(100) });

/** What a token is for: the first administrator, or somebody invited. */
export const entry = object({
  kind: oneOf('first', 'invited'),
  email: nullable(text()),
  name: nullable(text()),
});

/** Body of `POST /setup`: the first administrator says name and e-mail; somebody invited has them already and may correct the name. */
export const setupWish = object({
  token: text(100),
  name: optional(name),
  email: optional(email),
  password: text(PASSWORD),
});

/** Body of `POST /session`. */
export const signIn = object({
  email,
  password: text(PASSWORD),
  code: described(optional(text(40)), 'Of the second factor, or a recovery code.'),
});

/** A session of one's own. */
export const session = object({
  id: text(),
  address: text(),
  browser: text(),
  createdAt: instant(),
  seenAt: instant(),
  current: yesNo(),
});

/** One of `GET /sessions`. */
export type Session = Of<typeof session>;

/** The account of whoever asks. */
export const account = object({
  id: text(),
  email: text(),
  name: text(),
  role: oneOf(...ROLES),
  secondFactor: yesNo(),
  /** Of the console: theme, density, saved views. */
  preferences: record(json()),
});

/** Answer of `GET /account`. */
export type Account = Of<typeof account>;

/** Body of `PATCH /account`. */
export const accountChange = object({ name: optional(name), preferences: optional(record(json(), 100)) });

/** A user, for administrators. */
export const user = object({
  id: text(),
  email: text(),
  name: text(),
  role: oneOf(...ROLES),
  hasPassword: yesNo(),
  secondFactor: yesNo(),
  createdAt: instant(),
  signedInAt: nullable(instant()),
  disabledAt: nullable(instant()),
});

/** One of `GET /users`. */
export type UserRow = Of<typeof user>;

/** Body of `POST /users`. */
export const newUser = object({ email, name, role: oneOf(...ROLES) });

/** Body of `PATCH /users/:id`. */
export const userChange = object({
  name: optional(name),
  role: optional(oneOf(...ROLES)),
  disabled: optional(yesNo()),
});

/** An invitation: its address is shown once. */
export const invitation = object({ user, address: text(), endsAt: instant() });

/** An API key, without the key. */
export const apiKey = object({
  id: text(),
  name: text(),
  shown: text(),
  scopes: list(oneOf(...PERMISSIONS)),
  networks: described(list(text()), 'Where it may be used from; empty: anywhere.'),
  perMinute: nullable(integer()),
  createdBy: text(),
  createdAt: instant(),
  endsAt: nullable(instant()),
  usedAt: nullable(instant()),
  revokedAt: nullable(instant()),
});

/** One of `GET /keys`. */
export type ApiKeyRow = Of<typeof apiKey>;

/** Body of `POST /keys`. */
export const newKey = object({
  name,
  scopes: list(oneOf(...PERMISSIONS), PERMISSIONS.length),
  endsAt: described(nullable(instant()), 'Null: until it is revoked.'),
  networks: described(optional(list(text(50), 50)), 'Addresses and networks such as 203.0.113.0/24.'),
  perMinute: optional(integer({ min: 1, max: 100_000 })),
});

/** A new key: `secret` is shown this once. */
export const madeKey = object({ key: apiKey, secret: text() });
