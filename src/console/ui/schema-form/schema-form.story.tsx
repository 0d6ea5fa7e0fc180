import { useState } from 'react';
import type { JsonObject } from '../../app/json.js';
import { SchemaForm } from './schema-form.js';

const SCHEMA: JsonObject = {
  type: 'object',
  required: ['account'],
  properties: {
    account: { type: 'string', title: 'Account', description: 'Digits' },
    token: { type: 'string', writeOnly: true, title: 'Token' },
    format: { type: 'string', enum: ['rss', 'tsv'], default: 'rss', title: 'Format' },
    gzip: { type: 'boolean', title: 'Pack the file' },
    domains: { type: 'array', items: { type: 'string' }, title: 'Domains' },
    carriers: { type: 'object', additionalProperties: { type: 'string' }, title: 'Carriers' },
    signIn: { type: 'object', title: 'Sign-in', properties: { client: { type: 'string' } } },
    stores: {
      type: 'array',
      title: 'Stores',
      items: { type: 'object', properties: { code: { type: 'string' } } },
    },
  },
};

/** Every kind of field. */
export function Story() {
  const [value, setValue] = useState<JsonObject>({ domains: ['shop.example'] });
  const mistakes = [{ pointer: '/settings/account', message: 'is missing', advice: 'Type it' }];
  return (
    <SchemaForm
      schema={SCHEMA}
      at="/settings"
      value={value}
      facts={{ secrets: [], mistakes }}
      onChange={setValue}
    />
  );
}
