import pino, { type DestinationStream, type Logger } from 'pino';
import type { Log } from '../channel/connector.js';
import type { JsonObject } from '../domain/json.js';
import { type Redactor, redactor } from './redact.js';

/** From quiet to talkative. */
export const LOG_LEVELS = ['silent', 'error', 'warn', 'info'] as const;

/** One of `LOG_LEVELS`. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The log of a process: JSON lines on standard error, without secrets and buyers. */
export interface HouseLog extends Log {
  /** A log whose lines all carry these facts (`{channel: 'google-us'}`). Shares what is hidden. */
  about(facts: JsonObject): HouseLog;
  /** From now on this value is written nowhere, whatever the member is called. */
  hide(secret: string): void;
  /** The redactor, for other things that are shown to people. */
  readonly redactor: Redactor;
}

/** Starts the log. Lines are written at once, so that the last one before a crash is there. */
export function houseLog(settings: { level: LogLevel; to?: DestinationStream }): HouseLog {
  const destination = settings.to ?? pino.destination({ fd: 2, sync: true });
  const logger = pino(
    {
      level: settings.level,
      base: null,
      messageKey: 'message',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return logOn(logger, redactor());
}

function logOn(logger: Logger, clean: Redactor): HouseLog {
  return {
    info: (facts, message) => logger.info(clean.object(facts), clean.text(message)),
    warn: (facts, message) => logger.warn(clean.object(facts), clean.text(message)),
    error: (facts, message) => logger.error(clean.object(facts), clean.text(message)),
    about: (facts) => logOn(logger.child(clean.object(facts)), clean),
    hide: (secret) => clean.hide(secret),
    redactor: clean,
  };
}
