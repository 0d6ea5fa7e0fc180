import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** People, their sessions, API keys, what each did, and answers kept for calls that are repeated. */
export const accessTables: Migration = {
  name: '0072-access',
  statements: (engine) =>
    tables(engine, (schema) =>
      schema
        .createTable('app_user', (table) => {
          table.text('id').primary();
          table.text('email').notNullable().unique(); // small letters
          table.text('name').notNullable();
          table.text('role').notNullable();
          table.text('password_hash'); // empty until the invitation was taken
          table.text('totp_sealed');
          table.integer('totp_confirmed').notNullable().defaultTo(0);
          table.integer('totp_step').notNullable().defaultTo(0); // a code is good once
          table.text('preferences').notNullable().defaultTo('{}');
          table.text('created_at').notNullable();
          table.text('signed_in_at');
          table.text('disabled_at');
        })
        .createTable('recovery_code', (table) => {
          table.text('user_id').notNullable();
          table.text('code_hash').notNullable();
          table.primary(['user_id', 'code_hash']);
        })
        .createTable('user_session', (table) => {
          table.text('id').primary(); // hash of what the browser has
          table.text('user_id').notNullable().index();
          table.integer('second_factor').notNullable();
          table.text('address').notNullable();
          table.text('browser').notNullable();
          table.text('created_at').notNullable();
          table.text('seen_at').notNullable();
          table.text('ends_at').notNullable();
        })
        .createTable('entry_token', (table) => {
          table.text('token_hash').primary();
          table.text('user_id'); // empty: the first administrator
          table.text('created_at').notNullable();
          table.text('ends_at').notNullable();
        })
        .createTable('sign_in_failure', (table) => {
          table.text('subject').notNullable();
          table.text('at').notNullable();
          table.index(['subject', 'at'], 'sign_in_failure_by_subject');
        })
        .createTable('api_key', (table) => {
          table.text('id').primary();
          table.text('key_hash').notNullable().unique();
          table.text('name').notNullable();
          table.text('shown').notNullable(); // its first letters
          table.text('scopes').notNullable();
          table.text('created_by').notNullable();
          table.text('created_at').notNullable();
          table.text('ends_at');
          table.text('used_at');
          table.text('revoked_at');
        })
        .createTable('audit_entry', (table) => {
          table.integer('number').primary();
          table.text('at').notNullable();
          table.text('actor_kind').notNullable(); // user, key, nobody, command-line
          table.text('actor_id').notNullable();
          table.text('actor_name').notNullable();
          table.text('address').notNullable();
          table.text('request_id').notNullable();
          table.text('action').notNullable();
          table.text('object').notNullable();
          table.text('outcome').notNullable(); // done, or the code of the refusal
          table.text('before_value');
          table.text('after_value');
          table.text('previous_hash').notNullable().unique(); // the chain cannot fork
          table.text('hash').notNullable();
          table.index(['at'], 'audit_entry_by_time');
          table.index(['object', 'number'], 'audit_entry_by_object');
        })
        .createTable('repeated_call', (table) => {
          table.text('caller').notNullable();
          table.text('call_key').notNullable();
          table.text('call_hash').notNullable();
          table.integer('status'); // empty while it runs
          table.text('answer');
          table.text('at').notNullable();
          table.primary(['caller', 'call_key']);
          table.index(['at'], 'repeated_call_by_time');
        })
        .createTable('house_setting', (table) => {
          table.text('name').primary();
          table.text('value').notNullable();
          table.text('changed_at').notNullable();
        }),
    ),
};
