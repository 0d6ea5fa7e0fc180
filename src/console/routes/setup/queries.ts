import { call } from '../../app/call.js';

/** Makes the first administrator and signs in. The token is good once, for 30 minutes. */
export function setUp(body: {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}): Promise<void> {
  return call<void>('POST', '/setup', { body });
}
