import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { knownConnectors } from '../../src/app.js';
import { loadConfig } from '../../src/config/load-config.js';
import { packageRoot } from '../../src/config/package-root.js';

// No Docker engine runs in these tests: the files are read and held against what they must say.
const ROOT = packageRoot();
const text = (name: string): string => readFileSync(path.join(ROOT, name), 'utf8');

interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** The instructions of a Dockerfile, continued lines joined, by stage. */
function stages(file: string): Instruction[][] {
  const found: Instruction[][] = [];
  const lines = file.replaceAll(/\\\n/g, ' ').split('\n');
  for (const line of lines.filter((each) => /^[A-Z]/.test(each))) {
    const [name = '', ...rest] = line.split(' ');
    if (name === 'FROM') found.push([]);
    found.at(-1)?.push({ name, rest: rest.join(' ').trim() });
  }
  return found;
}

const dockerfile = stages(text('Dockerfile'));
const [build = [], run = []] = dockerfile;
const of = (stage: readonly Instruction[], name: string): string[] =>
  stage.filter((each) => each.name === name).map(({ rest }) => rest);

describe('the Dockerfile', () => {
  it('builds in one stage and runs in another, on one exact release that Omnifeed runs on', () => {
    expect(dockerfile).toHaveLength(2);
    const image = /^ARG NODE_IMAGE=node:(\d+)\.\d+\.\d+-[a-z]+-slim$/m.exec(text('Dockerfile'));
    expect([22, 24]).toContain(Number(image?.[1]));
    expect(of(build, 'FROM').join()).toMatch(/^\$\{NODE_IMAGE\} AS build$/);
    expect(of(run, 'FROM').join()).toMatch(/^\$\{NODE_IMAGE\} AS run$/);
  });

  it('runs no script of a package, and takes none of the tools along', () => {
    const commands = of(build, 'RUN').join(' && ');
    expect(commands).toContain('npm ci --ignore-scripts');
    expect(commands).toContain('npm prune --omit=dev');
    expect(commands.match(/npm (ci|prune|install)(?![^&]*--ignore-scripts)/)).toBeNull();
    expect(of(run, 'RUN').join(' ')).not.toMatch(/\b(npm|apt|curl|wget)\b/);
  });

  it('runs as somebody without rights, who owns nothing but the data', () => {
    const user = run.findIndex(({ name }) => name === 'USER');
    expect(run[user]?.rest).toBe('node');
    const after = run.slice(user + 1).map(({ name }) => name);
    expect(after).not.toContain('RUN');
    expect(after).not.toContain('COPY');
    expect(of(run, 'COPY').join(' ')).not.toContain('--chown');
    expect(of(run, 'VOLUME')).toEqual(['/data']);
  });

  it('is stopped, asked for its health and started the way the program wants it', () => {
    expect(of(run, 'STOPSIGNAL')).toEqual(['SIGTERM']);
    expect(of(run, 'HEALTHCHECK').join()).toContain('/readyz');
    expect(JSON.parse(of(run, 'ENTRYPOINT')[0] ?? '')).toEqual(['node', '/app/dist/src/main.js']);
    expect(JSON.parse(of(run, 'CMD')[0] ?? '')).toEqual(['start', '--config', '/config/omnifeed.yaml']);
  });

  it('copies only what the build context lets in', () => {
    const allowed = text('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect(text('.dockerignore')).toMatch(/^\*$/m); // all else stays out, keys and data first
    const copied = [...of(build, 'COPY'), ...of(run, 'COPY')]
      .filter((rest) => !rest.startsWith('--from'))
      .flatMap((rest) => rest.split(' ').slice(0, -1))
      .map((name) => name.replace(/^\.\//, ''));
    expect([...new Set(copied)].sort()).toEqual([...allowed].sort());
  });
});

interface Service {
  readonly image?: string;
  readonly read_only?: boolean;
  readonly user?: string;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly privileged?: boolean;
  readonly ports?: readonly string[];
  readonly networks: readonly string[];
  readonly command?: readonly string[];
  readonly healthcheck?: object;
  readonly stop_grace_period?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
}

const compose = parse(text('deploy/docker/compose.yaml'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};
const own = ['omnifeed', 'worker'].map((name) => compose.services[name] as Service);

describe('the compose file', () => {
  it('lets only this machine in, and nobody to the database and Redis', () => {
    for (const [name, { ports = [], networks }] of Object.entries(compose.services)) {
      for (const port of ports) expect(port, name).toMatch(/^127\.0\.0\.1:/);
      if (name === 'postgres' || name === 'redis') {
        expect(ports).toEqual([]);
        expect(networks.map((network) => compose.networks[network]?.internal)).toEqual([true]);
      }
    }
  });

  it('runs ours with a root that cannot be written, without capabilities, and gives it time to stop', () => {
    for (const service of own) {
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], stop_grace_period: '30s' });
      expect(service.security_opt).toContain('no-new-privileges:true');
      expect(service.volumes.filter((volume) => volume.endsWith(':ro'))).toHaveLength(1);
    }
    for (const service of Object.values(compose.services)) expect(service.privileged).toBeUndefined();
  });

  it('names exact images, and volumes for all that must last', () => {
    for (const name of ['postgres', 'redis']) {
      const { image = '', volumes } = compose.services[name] as Service;
      expect(image).toMatch(/^[a-z]+:\d+\.\d+(\.\d+)?-[a-z]+$/);
      expect(Object.keys(compose.volumes)).toContain(volumes[0]?.split(':')[0]);
    }
  });

  it('holds no secret, and does not start without those it needs', () => {
    const secrets = /^(OMNIFEED_KEY|DB_PASSWORD|REDIS_PASSWORD|POSTGRES_PASSWORD|REDISCLI_AUTH)$/;
    for (const { environment } of Object.values(compose.services))
      for (const [name, value] of Object.entries(environment))
        if (secrets.test(name)) expect(value).toMatch(/^\$\{[A-Z_]+:\?/);
    for (const line of text('deploy/docker/.env.example').split('\n'))
      if (!line.startsWith('#') && line !== '') expect(line).toMatch(/^[A-Z_]+=$/);
  });

  it('gives Redis the settings the doctor asks for', () => {
    const command = compose.services.redis?.command?.join(' ');
    expect(command).toContain('--maxmemory-policy noeviction');
    expect(command).toContain('--appendonly yes');
  });

  it('comes with a configuration that loads', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'compose-'));
    try {
      const file = path.join(folder, 'omnifeed.yaml');
      await writeFile(file, text('deploy/docker/omnifeed.yaml'));
      const passwords = { DB_PASSWORD: 'aaaaaaaa', REDIS_PASSWORD: 'bbbbbbbb' };
      const config = await loadConfig(file, knownConnectors(), passwords);
      expect(config.database).toBe('postgres://omnifeed:aaaaaaaa@postgres:5432/omnifeed');
      expect(config.queue).toBe('redis://:bbbbbbbb@redis:6379');
      expect(config.http).toMatchObject({ host: '0.0.0.0', port: 8080, console: true });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
