import { createHash } from 'node:crypto';
import { ChannelError, type FailureKind } from '../domain/errors.js';

/** Where letters are handed in, and as whom. */
export interface MailAccount {
  /** `smtps://user:password@host:465`, or `smtp://host:587`. */
  readonly server: string;
  readonly from: string;
}

/** A letter. `id`: the same again is the same letter to the mail programs of its reader. */
export interface OutgoingLetter {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Hands letters to a mail server. */
export interface SmtpPostman {
  send(letter: OutgoingLetter): Promise<void>;
  /** Connects and signs in, and sends nothing. Throws ChannelError like `send`. */
  check(): Promise<void>;
}

const PATIENCE_MS = 15_000;
const LOCAL = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/;

/**
 * Hands letters to a mail server, one connection each. A password never travels unencrypted: without TLS from the start, STARTTLS is insisted on,
 * on other machines than this one. Throws ChannelError; a letter whose handing-in was not answered may have been taken.
 */
export function smtpPostman({ server, from }: MailAccount): SmtpPostman {
  const { hostname, username, protocol } = new URL(server);
  const account = {
    url: server,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    requireTLS: protocol === 'smtp:' && username !== '' && !LOCAL.test(hostname),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  return {
    async check() {
      const { createTransport } = await import('nodemailer');
      const transport = createTransport(account);
      try {
        await transport.verify();
      } catch (error) {
        throw failureOf(error, hostname, 'cannot be used');
      } finally {
        transport.close();
      }
    },
    async send({ id, to, subject, text }) {
      const { createTransport } = await import('nodemailer');
      try {
        await createTransport(account).sendMail({
          from,
          to,
          subject,
          text,
          messageId: `<${createHash('sha256').update(id).digest('hex').slice(0, 40)}@omnifeed>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (error) {
        throw failureOf(error, hostname);
      }
    },
  };
}

/** What the server said may hold addresses: only its code is kept. */
function failureOf(error: unknown, host: string, what = 'did not take a letter'): ChannelError {
  const { code, responseCode, command } = error as Readonly<Record<string, unknown>>;
  const said = typeof responseCode === 'number' ? responseCode : null;
  const kind = kindOf(String(code), said, command === 'CONN');
  return new ChannelError(`mail server ${host} ${what} (${said ?? String(code ?? 'unknown')})`, {
    code: 'letter_not_taken',
    kind,
    owner: kind === 'refused' || kind === 'auth-lost' ? 'operator' : 'channel',
    advice:
      kind === 'auth-lost'
        ? 'Check user and password in `mail.server`.'
        : 'Check `mail` and the address; the letter is handed in again by itself.',
  });
}

/** `connecting`: it never came to a conversation. */
function kindOf(code: string, said: number | null, connecting: boolean): FailureKind {
  if (code === 'EAUTH') return 'auth-lost';
  if (said !== null) return said >= 500 ? 'refused' : 'throttled';
  return connecting || code === 'EDNS' || code === 'ETLS' ? 'not-sent' : 'ambiguous';
}
