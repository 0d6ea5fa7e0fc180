import { OperatorError } from '../../src/domain/errors.js';
import { isJsonObject, type JsonObject } from '../../src/domain/json.js';
import type { GoogleSettings } from './settings.js';

/** The parts of a service-account key that are needed to sign. */
export interface ServiceAccount {
  readonly kind: 'service-account';
  readonly clientEmail: string;
  readonly project: string | null;
  /** PKCS #8, PEM. */
  readonly privateKey: string;
  readonly keyId: string | null;
}

/** A person who signed in once; the refresh token stands for them. */
export interface SignedInUser {
  readonly kind: 'user';
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

/** Who calls Google. */
export type Credential = ServiceAccount | SignedInUser;

/** The credential the settings name; with both, the service account. Throws the operator's mistake; secrets are never repeated. */
export function credentialOf(settings: GoogleSettings): Credential {
  if (settings.serviceAccountKey !== undefined) return readServiceAccountKey(settings.serviceAccountKey);
  if (settings.signIn !== undefined) return { kind: 'user', ...settings.signIn };
  throw new OperatorError(
    'credentials_missing',
    'The channel has neither a service account key nor a sign-in',
    'Set serviceAccountKey, or signIn with clientId, clientSecret and refreshToken.',
  );
}

function readServiceAccountKey(text: string): ServiceAccount {
  const key = parsed(text);
  if (isJsonObject(key?.installed) || isJsonObject(key?.web)) {
    throw new OperatorError(
      'oauth_client_file',
      'This is an OAuth client file. The key of a service account is needed: its type line says service_account',
      'In the Cloud console open IAM and admin › Service accounts › Keys, add a key of type JSON, and use that file.',
    );
  }
  if (typeof key?.client_email !== 'string' || typeof key.private_key !== 'string') {
    throw new OperatorError(
      'service_account_key_unreadable',
      'serviceAccountKey is not the JSON key file of a service account',
      'Create a JSON key for the service account in the Google Cloud console and put the whole file into the setting.',
    );
  }
  return {
    kind: 'service-account',
    clientEmail: key.client_email,
    project: typeof key.project_id === 'string' ? key.project_id : null,
    privateKey: key.private_key,
    keyId: typeof key.private_key_id === 'string' ? key.private_key_id : null,
  };
}

function parsed(text: string): JsonObject | null {
  try {
    const key: unknown = JSON.parse(text);
    return isJsonObject(key) ? key : null;
  } catch {
    // The syntax error would quote the key; the caller's message says enough.
    return null;
  }
}
