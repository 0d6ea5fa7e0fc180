import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { isJsonObject, type JsonObject } from '../../../src/domain/json.js';

const HERE = import.meta.dirname;
const PASSWORD = 'only-for-this-test';
/** A promotion of the web shop, which marketplace orders must not get: half price for everybody. */
const HALF_PRICE = `mutation { createPromotion(input: { enabled: true, translations: [{ languageCode: en, name: "Half price", description: "" }],
  conditions: [{ code: "minimum_order_amount", arguments: [{ name: "amount", value: "1" }, { name: "taxInclusive", value: "true" }] }],
  actions: [{ code: "order_percentage_discount", arguments: [{ name: "discount", value: "50" }] }] }) {
  ... on Promotion { id } ... on ErrorResult { errorCode message } } }`;
const PERMISSIONS = [
  'ReadCatalog',
  'ReadOrder',
  'CreateOrder',
  'UpdateOrder',
  'DeleteOrder',
  'ReadShippingMethod',
  'CreateShippingMethod',
];

/** A real Vendure server, seen with the eyes of its merchant. */
export interface RunningShop {
  readonly adminApi: string;
  readonly shopApi: string;
  readonly apiKey: string;
  /** An administrator with the permissions the README of the connector asks for, and no others; the key has them too. */
  readonly username: string;
  readonly password: string;
  /** What a person does in the dashboard. Throws when the shop refuses. */
  admin(document: string, variables?: JsonObject): Promise<JsonObject>;
  stop(): Promise<void>;
}

/** Why no server can be started here; null: one can. Installs its packages where they are missing; in CI that must work. */
export function whyNoShop(): string | null {
  if (existsSync(path.join(HERE, 'node_modules'))) return null;
  const { status, stderr } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: HERE,
    encoding: 'utf8',
  });
  if (status === 0) return null;
  if (process.env.CI !== undefined) throw new Error(`Vendure was not installed: ${stderr}`);
  return `Vendure was not installed: ${stderr.trim()}`;
}

/** Starts it, empty but for six variants and a promotion, and makes an administrator and a key for Omnifeed. */
export async function startShop(): Promise<RunningShop> {
  const child = fork(path.join(HERE, 'shop.mjs'), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const said: string[] = [];
  child.stderr?.on('data', (data: Buffer) => said.push(data.toString('utf8')));
  const port = await portOf(child, said);
  const adminApi = `http://127.0.0.1:${port}/admin-api`;
  let token = '';
  const admin = async (query: string, variables: JsonObject = {}): Promise<JsonObject> => {
    const headers = {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    };
    const reply = await fetch(adminApi, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query, variables }),
    });
    token = reply.headers.get('vendure-auth-token') ?? token;
    const body = (await reply.json()) as JsonObject;
    const refusals = JSON.stringify(body).match(/"errorCode":"[^"]*"/);
    if (!isJsonObject(body.data) || body.errors !== undefined || refusals !== null)
      throw new Error(`Vendure refused: ${JSON.stringify(body).slice(0, 2_000)}`);
    return body.data;
  };
  await admin('mutation { login(username: "superadmin", password: "superadmin") { __typename } }');
  await admin(HALF_PRICE);
  const role = await admin(
    `mutation { createRole(input: { code: "omnifeed", description: "Omnifeed", permissions: [${PERMISSIONS.join(', ')}] }) { id } }`,
  );
  const { id: roleId } = role.createRole as { id: string };
  await admin(
    `mutation { createAdministrator(input: { emailAddress: "omnifeed@shop.example", firstName: "O", lastName: "O",
      password: "${PASSWORD}", roleIds: ["${roleId}"] }) { id } }`,
  );
  const made = await admin(
    `mutation { createApiKey(input: { roleIds: ["${roleId}"], translations: [{ languageCode: en, name: "Omnifeed" }] }) {
      ... on CreateApiKeyResult { apiKey } } }`,
  );
  const { apiKey } = made.createApiKey as { apiKey: string };
  return {
    adminApi,
    shopApi: adminApi.replace('admin-api', 'shop-api'),
    apiKey,
    username: 'omnifeed@shop.example',
    password: PASSWORD,
    admin,
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function portOf(child: ChildProcess, said: readonly string[]): Promise<number> {
  const ended = once(child, 'exit').then(() => {
    throw new Error(`Vendure did not start: ${said.join('')}`);
  });
  const [message] = (await Promise.race([once(child, 'message'), ended])) as [{ port: number }];
  return message.port;
}
