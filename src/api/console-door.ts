import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OperatorError } from '../domain/errors.js';
import { type BuiltFile, readBuilt } from './built-files.js';
import type { Door } from './server.js';

/** How a person wants the console to look: written into the page before anything is painted. */
export interface Display {
  readonly theme: 'light' | 'dark' | 'system';
  readonly density: 'normal' | 'compact';
  /** `rtl` turns the whole page round. */
  readonly direction: 'ltr' | 'rtl';
  /** Whether single keys are shortcuts. */
  readonly shortcuts: boolean;
}

/** What whoever is not signed in gets. */
export const PLAIN_DISPLAY: Display = {
  theme: 'system',
  density: 'normal',
  direction: 'ltr',
  shortcuts: true,
};

/** Reads a person's choices from what the console stored; what is not understood is as if nobody had chosen. */
export function displayOf(stored: Readonly<Record<string, unknown>>): Display {
  const { theme, density, direction, shortcuts } = stored;
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    density: density === 'compact' ? 'compact' : 'normal',
    direction: direction === 'rtl' ? 'rtl' : 'ltr',
    shortcuts: shortcuts !== false,
  };
}

/** Files of the console are cached for good by browsers; several people behind one address may open it at once. */
const FILES_PER_MINUTE = 6_000;

/** What the console needs besides its files. */
export interface ConsoleParts {
  /** Where `npm run build` wrote it. */
  readonly folder: string;
  /** The choices of whoever asks. */
  display(request: FastifyRequest): Promise<Display>;
}

/**
 * The console: one page for every address that is nobody else's, under a policy that allows nothing but our own files and calls, and the
 * files it is made of, which never change under their name.
 */
export function consoleDoor(parts: ConsoleParts): Door {
  return {
    name: 'console',
    add(server) {
      let reading: ReturnType<typeof readBuilt> | undefined;
      /** Read and packed with the first page, not at every start. */
      const built = (): ReturnType<typeof readBuilt> => {
        reading ??= readBuilt(path.join(parts.folder, 'assets'));
        return reading;
      };
      server.get<{ Params: { name: string } }>(
        '/assets/:name',
        { config: { rateLimit: { max: FILES_PER_MINUTE, timeWindow: 60_000 } } },
        async ({ params, headers }, reply) => {
          const file = (await built()).get(params.name);
          return file === undefined
            ? reply.callNotFound()
            : sendBuilt(file, headers['accept-encoding'], reply);
        },
      );
      server.get('/*', async (request, reply) => {
        // Addresses of programs that are not known are not pages.
        if (/^\/(api|assets|hooks|meta)(\/|$)/.test(request.url.split('?')[0] ?? ''))
          return reply.callNotFound();
        return sendPage(await pageIn(parts.folder), await parts.display(request), reply);
      });
    },
  };
}

function sendBuilt(file: BuiltFile, accepted: string | undefined, reply: FastifyReply): FastifyReply {
  const packed = file.gzip !== null && /\bgzip\b/.test(accepted ?? '');
  reply
    .type(file.type)
    .header('cache-control', 'public, max-age=31536000, immutable')
    .header('x-content-type-options', 'nosniff')
    .header('vary', 'accept-encoding');
  return packed ? reply.header('content-encoding', 'gzip').send(file.gzip) : reply.send(file.bytes);
}

function sendPage(page: string, display: Display, reply: FastifyReply): FastifyReply {
  const nonce = randomBytes(16).toString('base64');
  return reply
    .type('text/html; charset=utf-8')
    .headers({
      'cache-control': 'no-store',
      'content-security-policy': policy(nonce),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
    })
    .send(page.replace('%NONCE%', nonce).replace(/<html [^>]*>/, htmlTag(display)));
}

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function htmlTag({ theme, density, direction, shortcuts }: Display): string {
  const keys = shortcuts ? 'on' : 'off';
  return `<html lang="en" dir="${direction}" data-theme="${theme}" data-density="${density}" data-shortcuts="${keys}">`;
}

async function pageIn(folder: string): Promise<string> {
  try {
    return await readFile(path.join(folder, 'index.html'), 'utf8');
  } catch (cause) {
    throw new OperatorError(
      'console_not_built',
      'The console is not built.',
      'Run `npm run build`, or install the package as it is published.',
      cause,
    );
  }
}
