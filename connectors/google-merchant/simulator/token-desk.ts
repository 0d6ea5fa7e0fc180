import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { jwtVerify } from 'jose';
import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import { GoogleRefusal } from './google-error.js';

/** Where tokens are asked for. */
export const TOKEN_PATH = '/token';
const SCOPE = 'https://www.googleapis.com/auth/content';
const EMAIL = 'feeds@omnifeed-simulator.iam.gserviceaccount.com';
const TOKEN_SECONDS = 3_600;
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
/** What a person who signed in holds; the token endpoint knows no other. */
const SIGNED_IN = {
  clientId: '1234567890-simulated.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-simulated-secret',
  refreshToken: '1//simulated-refresh-token',
} as const;

/** Google's token endpoint for one service account, whose key is made once per process, and one signed-in user. */
export interface TokenDesk {
  /** The key file an operator would download. */
  readonly keyFile: string;
  /** The credentials of a user who signed in, as settings of the connector. */
  readonly signedIn: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly refreshToken: string;
  };
  exchange(request: SimulatorRequest, tokenUrl: string): Promise<SimulatorReply>;
  /** Throws the 401 unless the header carries a living token, of a registered project where the call needs one. */
  admit(authorization: string | undefined, withoutRegistration?: boolean): void;
  /** Every token so far dies, at once or after so many more admissions. */
  expire(afterAdmissions?: number): void;
  /** Registers the project with the account, or takes the registration back. */
  register(registered: boolean): void;
  /** Whether the project is registered with the account. */
  isRegistered(): boolean;
  /** Whether the key is still good. */
  revoke(): void;
}

/** A token endpoint that verifies assertions: signature, issuer, audience, scope and life. */
export function tokenDesk(now: () => number): TokenDesk {
  const { privateKey, publicKey } = keyPair();
  const tokens = new Map<string, number>();
  let issued = 0;
  let admissionsLeft = Number.POSITIVE_INFINITY;
  let registered = true;
  let revoked = false;

  /** OAuth's error word for a request for a token; null: it is in order. */
  async function refusalOf(form: URLSearchParams, tokenUrl: string): Promise<string | null> {
    if (form.get('grant_type') === 'refresh_token') {
      const known =
        form.get('client_id') === SIGNED_IN.clientId && form.get('client_secret') === SIGNED_IN.clientSecret;
      if (!known) return 'invalid_client';
      return !revoked && form.get('refresh_token') === SIGNED_IN.refreshToken ? null : 'invalid_grant';
    }
    if (form.get('grant_type') !== GRANT) return 'unsupported_grant_type';
    const valid = !revoked && (await isValid(form.get('assertion') ?? '', { publicKey, tokenUrl, now }));
    return valid ? null : 'invalid_grant';
  }

  return {
    keyFile: keyFileOf(privateKey),
    signedIn: SIGNED_IN,
    async exchange(request, tokenUrl) {
      const form = new URLSearchParams(request.body.toString('utf8'));
      if (request.method !== 'POST') return refused('unsupported_grant_type');
      const refusal = await refusalOf(form, tokenUrl);
      if (refusal !== null) return refused(refusal);
      issued += 1;
      const token = `ya29.simulated-${issued}-${Math.random().toString(36).slice(2)}`;
      tokens.set(token, now() + TOKEN_SECONDS * 1_000);
      admissionsLeft = Number.POSITIVE_INFINITY;
      return { status: 200, body: { access_token: token, expires_in: TOKEN_SECONDS, token_type: 'Bearer' } };
    },
    admit(authorization, withoutRegistration = false) {
      const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? '';
      if (admissionsLeft <= 0) tokens.clear();
      admissionsLeft -= 1;
      if ((tokens.get(token) ?? 0) <= now()) {
        throw new GoogleRefusal(401, 'Request had invalid authentication credentials.', {
          REASON: 'ACCESS_TOKEN_EXPIRED',
        });
      }
      if (!registered && !withoutRegistration) {
        throw new GoogleRefusal(
          401,
          'GCP project with id omnifeed-simulator and number 1234567890 is not registered with the merchant account.',
          { REASON: 'GCP_NOT_REGISTERED' },
        );
      }
    },
    expire(afterAdmissions = 0) {
      admissionsLeft = afterAdmissions;
    },
    register(value) {
      registered = value;
    },
    isRegistered: () => registered,
    revoke() {
      revoked = true;
      tokens.clear();
    },
  };
}

let made: { readonly privateKey: KeyObject; readonly publicKey: KeyObject } | null = null;

/** One pair per process: making one takes longer than all the rest of a start. */
function keyPair(): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  made ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  return made;
}

function keyFileOf(privateKey: KeyObject): string {
  return JSON.stringify({
    type: 'service_account',
    project_id: 'omnifeed-simulator',
    private_key_id: 'simulated-key-1',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: EMAIL,
  });
}

interface Verification {
  readonly publicKey: KeyObject;
  readonly tokenUrl: string;
  now(): number;
}

async function isValid(assertion: string, { publicKey, tokenUrl, now }: Verification): Promise<boolean> {
  try {
    const { payload } = await jwtVerify(assertion, publicKey, {
      algorithms: ['RS256'],
      issuer: EMAIL,
      audience: tokenUrl,
      currentDate: new Date(now()),
      maxTokenAge: '1h',
      requiredClaims: ['iat', 'exp', 'scope'],
    });
    const life = (payload.exp ?? 0) - (payload.iat ?? 0);
    return life > 0 && life <= TOKEN_SECONDS && payload.scope === SCOPE;
  } catch {
    // Whatever is wrong with the assertion, Google says no more than "invalid_grant".
    return false;
  }
}

function refused(error: string): SimulatorReply {
  return { status: 400, body: { error, error_description: 'Invalid JWT Signature.' } };
}
