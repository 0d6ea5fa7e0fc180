import type { JsonObject } from '../../src/domain/json.js';

/** Where the folder is, when it is on another machine. */
export type SftpSettings = {
  readonly host: string;
  readonly port?: number;
  readonly username: string;
  /** One of both. */
  readonly password?: string;
  readonly privateKey?: string;
  readonly passphrase?: string;
  /** Fingerprint of the server's key, `SHA256:…` as `ssh-keygen -lf` prints it. Another key is another machine: nothing is sent to it. */
  readonly hostKey: string;
};

/** Settings of a shop that exchanges files. */
export type FileShopSettings = {
  /** Absolute path of the folder, on this machine or on the server. */
  readonly folder: string;
  /** Absent: the folder is on this machine. */
  readonly sftp?: SftpSettings;
  /** Of order files. Default `json`. */
  readonly format?: 'json' | 'csv';
  /** Whether the shop reads `refunds/`; else a person books refunds of the channel in the shop. */
  readonly refunds?: boolean;
  /** Puts the buyer's e-mail and phone into the order. */
  readonly buyerContact?: boolean;
};

const text = (title: string, more: JsonObject = {}): JsonObject => ({
  type: 'string',
  minLength: 1,
  maxLength: 300,
  title,
  ...more,
});

/** What the settings must look like; becomes the console's form. */
export const settingsSchema: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['folder'],
  properties: {
    folder: text('Folder', {
      pattern: '^(/|[A-Za-z]:[\\\\/]).*$',
      description: 'Absolute. Prepare it once with the action prepare-folder.',
    }),
    sftp: {
      type: 'object',
      additionalProperties: false,
      required: ['host', 'username', 'hostKey'],
      anyOf: [{ required: ['password'] }, { required: ['privateKey'] }],
      title: 'SFTP server',
      properties: {
        host: text('Host', { pattern: '^[A-Za-z0-9.:-]+$' }),
        port: { type: 'integer', minimum: 1, maximum: 65_535, default: 22, title: 'Port' },
        username: text('User'),
        password: text('Password', { writeOnly: true }),
        privateKey: text('Private key', { maxLength: 20_000, writeOnly: true }),
        passphrase: text('Passphrase of the key', { writeOnly: true }),
        hostKey: text('Fingerprint of the server', {
          pattern: '^SHA256:[A-Za-z0-9+/]{43}$',
          description: 'ssh-keyscan HOST | ssh-keygen -lf -',
        }),
      },
    },
    format: { type: 'string', enum: ['json', 'csv'], default: 'json', title: 'Form of order files' },
    refunds: {
      type: 'boolean',
      default: false,
      title: 'Write refunds of the channel as files',
      description: 'Needs the sub-folder refunds: run prepare-folder once more.',
    },
    buyerContact: { type: 'boolean', default: false, title: 'Put e-mail and phone into the order' },
  },
};
