import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, readSource, type SourceFile, sourceTree } from './support/source-tree.js';

const files = sourceTree(['src', 'connectors', 'jobs', 'bench']);
const product = files.filter((file) => !file.path.startsWith('bench/'));
const byPath = new Map(files.map((file) => [file.path, file]));

/** `src/sync`, `connectors/meta`, `jobs`; a file directly below `src` or `connectors` is an area of its own. */
function areaOf(name: string): string {
  const [top = '', second = '', ...rest] = name.split('/');
  if (top === 'src' || top === 'connectors') return rest.length > 0 ? `${top}/${second}` : name;
  return top;
}

/** Where files of ours import other files of ours, across areas. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly typesOnly: boolean;
}

const edges: readonly Edge[] = files.flatMap((file) =>
  file.imports
    .filter(({ target }) => byPath.has(target) && areaOf(target) !== areaOf(file.path))
    .map(({ target, typesOnly }) => ({ from: file.path, to: target, typesOnly })),
);

interface Layer {
  readonly rule: string;
  readonly area: RegExp;
  /** Areas it may import; its own is always open. */
  readonly may: readonly string[];
  /** Single imports that are right all the same, each with its reason. */
  readonly except?: readonly {
    readonly from: string;
    readonly to: string;
    readonly because: string;
    readonly types?: true;
  }[];
}

const NOUNS = ['src/domain'];
const TOOLS = ['src/domain', 'src/mapping', 'src/channel', 'src/stock', 'src/db', 'src/problems'];

const LAYERS: readonly Layer[] = [
  { rule: 'domain imports nothing', area: /^src\/domain$/, may: [] },
  { rule: 'mapping imports domain', area: /^src\/mapping$/, may: NOUNS },
  { rule: 'categories import domain and mapping', area: /^src\/categories$/, may: [...NOUNS, 'src/mapping'] },
  { rule: 'channel imports domain', area: /^src\/channel$/, may: NOUNS },
  {
    rule: 'stock imports domain',
    area: /^src\/stock$/,
    may: NOUNS,
    except: [
      {
        from: 'src/stock/reserve.ts',
        to: 'src/db/database.ts',
        types: true,
        because: 'reservations are written in the transaction of whoever stores the order',
      },
      {
        from: 'src/stock/bundle-rows.ts',
        to: 'src/db/database.ts',
        types: true,
        because: 'what bundles are made of is read in the transaction of whoever counts or reserves',
      },
    ],
  },
  { rule: 'db imports domain', area: /^src\/db$/, may: NOUNS },
  { rule: 'the clock imports domain', area: /^src\/clock\.ts$/, may: NOUNS },
  {
    rule: 'log imports domain',
    area: /^src\/log$/,
    may: NOUNS,
    except: [
      {
        from: 'src/log/log.ts',
        to: 'src/channel/connector.ts',
        types: true,
        because: 'it is the log that connectors are lent',
      },
    ],
  },
  { rule: 'problems import domain and db', area: /^src\/problems$/, may: [...NOUNS, 'src/db'] },
  {
    rule: 'queue imports domain and db',
    area: /^src\/queue$/,
    may: [...NOUNS, 'src/db', 'src/channel'],
  },
  {
    rule: 'config imports domain, mapping, channel and log',
    area: /^src\/config$/,
    may: [...NOUNS, 'src/mapping', 'src/channel', 'src/log'],
    except: [
      {
        from: 'src/config/config.ts',
        to: 'src/checkout/checkout-settings.ts',
        types: true,
        because: 'settings',
      },
      {
        from: 'src/config/checkout-config.ts',
        to: 'src/checkout/checkout-settings.ts',
        types: true,
        because: 'settings',
      },
      {
        from: 'src/config/checkout-config.ts',
        to: 'src/checkout/cart-link.ts',
        types: true,
        because: 'settings',
      },
      {
        from: 'src/config/config.ts',
        to: 'src/profit/profit-settings.ts',
        types: true,
        because: 'settings',
      },
      {
        from: 'src/config/profit-config.ts',
        to: 'src/profit/profit-settings.ts',
        types: true,
        because: 'settings',
      },
      {
        from: 'src/config/backups-config.ts',
        to: 'src/backup/backup-files.ts',
        types: true,
        because: 'how many are kept',
      },
      { from: 'src/config/config.ts', to: 'src/catalog/guard.ts', types: true, because: 'limits set there' },
      { from: 'src/config/config.ts', to: 'src/sync/guard.ts', types: true, because: 'limits set there' },
      {
        from: 'src/config/config.ts',
        to: 'src/catalog/readers/reader.ts',
        types: true,
        because: 'a source is set up as its reader wants it',
      },
      {
        from: 'src/config/config-schema.ts',
        to: 'src/catalog/columns.ts',
        because: 'the names of the fields are written down once',
      },
      {
        from: 'src/config/config-schema.ts',
        to: 'src/catalog/readers/reader.ts',
        because: 'the names of the formats are written down once',
      },
    ],
  },
  {
    rule: 'catalog imports domain, mapping, channel, stock and db',
    area: /^src\/catalog$/,
    may: TOOLS,
    except: [
      {
        from: 'src/catalog/import-from.ts',
        to: 'src/config/config.ts',
        types: true,
        because: 'it imports a source as it is configured',
      },
    ],
  },
  {
    rule: 'conversions import domain, channel and db',
    area: /^src\/conversions$/,
    may: [...NOUNS, 'src/channel', 'src/db'],
  },
  {
    rule: 'checkout imports domain, stock, db and the catalog',
    area: /^src\/checkout$/,
    may: [...NOUNS, 'src/stock', 'src/db', 'src/catalog'],
  },
  { rule: 'sync imports these and the catalog', area: /^src\/sync$/, may: [...TOOLS, 'src/catalog'] },
  {
    rule: 'inspect imports these, the catalog and sync',
    area: /^src\/inspect$/,
    may: [...TOOLS, 'src/catalog', 'src/sync'],
  },
  {
    rule: 'profit imports these, the catalog and sync',
    area: /^src\/profit$/,
    may: [...TOOLS, 'src/catalog', 'src/sync'],
  },
  {
    rule: 'workbench imports these, categories, the catalog and sync',
    area: /^src\/workbench$/,
    may: [...TOOLS, 'src/categories', 'src/catalog', 'src/sync'],
  },
  {
    rule: 'buyers import domain, db and the channel’s sealing',
    area: /^src\/buyers$/,
    may: [...NOUNS, 'src/db', 'src/channel'],
    except: [
      {
        from: 'src/buyers/house-keys.ts',
        to: 'src/config/config.ts',
        types: true,
        because: 'the places of the house’s key and of the ring are configured',
      },
      {
        from: 'src/buyers/hand-out-customers.ts',
        to: 'src/access/audit-log.ts',
        because: 'handing out customers and its entry in the audit log are one transaction',
      },
      {
        from: 'src/buyers/house-keys.ts',
        to: 'src/config/key.ts',
        because: 'it reads the house’s key',
      },
    ],
  },
  {
    rule: 'access imports domain, db and problems',
    area: /^src\/access$/,
    may: [...NOUNS, 'src/db', 'src/problems'],
    except: [
      {
        from: 'src/access/tell-audit-head.ts',
        to: 'src/channel/connector.ts',
        types: true,
        because: 'the log is told where the audit log ends',
      },
      {
        from: 'src/access/second-factor.ts',
        to: 'src/channel/credentials.ts',
        types: true,
        because: 'the secret of a second factor is sealed like credentials',
      },
      {
        from: 'src/access/sign-in.ts',
        to: 'src/channel/credentials.ts',
        types: true,
        because: 'the secret of a second factor is sealed like credentials',
      },
    ],
  },
  {
    rule: 'backup imports domain, db, problems and the state of channels',
    area: /^src\/backup$/,
    may: [...NOUNS, 'src/db', 'src/problems'],
    except: [
      {
        from: 'src/backup/after-restore.ts',
        to: 'src/sync/channel-state.ts',
        because: 'a restored channel is paused, and its state is that row',
      },
      {
        from: 'src/backup/back-up-house.ts',
        to: 'src/config/config.ts',
        types: true,
        because: 'the places of databases and backups are configured',
      },
    ],
  },
  {
    rule: 'setup imports these and the configuration',
    area: /^src\/setup$/,
    may: [...NOUNS, 'src/db', 'src/channel', 'src/config', 'src/problems'],
  },
  { rule: 'reports import domain and db', area: /^src\/reports$/, may: [...NOUNS, 'src/db'] },
  {
    rule: 'orders import these, buyers and the catalog',
    area: /^src\/orders$/,
    may: [...TOOLS, 'src/catalog', 'src/buyers'],
    except: [
      {
        from: 'src/orders/open-order-desk.ts',
        to: 'src/config/config.ts',
        types: true,
        because: 'it opens a channel as it is configured',
      },
      {
        from: 'src/orders/pull.ts',
        to: 'src/sync/channel-state.ts',
        because: 'a channel has one row of state; the order cursor is a column of it',
      },
      {
        from: 'src/orders/may-call.ts',
        to: 'src/sync/channel-state.ts',
        because: 'whether a channel is paused is a column of that row',
      },
      {
        from: 'src/orders/open-order-desk.ts',
        to: 'src/sync/channel-state.ts',
        because: 'lost credentials pause the channel, whose state is that row',
      },
      {
        from: 'src/orders/open-signal-desk.ts',
        to: 'src/config/config.ts',
        types: true,
        because: 'it opens a channel as it is configured',
      },
      {
        from: 'src/orders/open-signal-desk.ts',
        to: 'src/sync/channel-state.ts',
        because: 'lost credentials pause the channel, whose state is that row',
      },
    ],
  },
  { rule: 'mail imports domain', area: /^src\/mail$/, may: NOUNS },
  {
    rule: 'stores import these and orders',
    area: /^src\/stores$/,
    may: [...TOOLS, 'src/catalog', 'src/buyers', 'src/orders'],
    except: [
      {
        from: 'src/stores/open-fulfil-desk.ts',
        to: 'src/config/config.ts',
        types: true,
        because: 'it opens a channel as it is configured',
      },
      {
        from: 'src/stores/find-location.ts',
        to: 'src/config/config.ts',
        types: true,
        because: 'a channel’s own codes of stores are configured with it',
      },
    ],
  },
  {
    rule: 'views read what is stored: they import the areas whose facts they show',
    area: /^src\/views$/,
    may: [...TOOLS, 'src/catalog', 'src/sync', 'src/orders'],
    except: [
      {
        from: 'src/views/run-list.ts',
        to: 'src/activity/run-log.ts',
        types: true,
        because: 'it shows the lines a run told',
      },
    ],
  },
  {
    rule: 'activity imports what it writes down, and the tools',
    area: /^src\/activity$/,
    may: [...TOOLS, 'src/catalog', 'src/views', 'src/queue', 'src/log'],
  },
  {
    rule: 'the selftest imports the database and the queue it tries',
    area: /^src\/selftest$/,
    may: [...NOUNS, 'src/db', 'src/queue'],
  },
  {
    rule: 'metrics read what is stored and count what is called',
    area: /^src\/metrics$/,
    may: [...TOOLS, 'src/views', 'src/queue', 'src/config', 'src/backup'],
  },
  {
    rule: 'outgoing hooks import domain, db and channel',
    area: /^src\/hooks$/,
    may: [...NOUNS, 'src/db', 'src/channel'],
    except: [
      {
        from: 'src/hooks/post-hook.ts',
        to: 'src/catalog/readers/private-address.ts',
        because: 'which networks are private is written down once',
      },
    ],
  },
  {
    rule: 'connectors import channel and domain only, never each other',
    area: /^connectors\/[^.]+$/,
    may: ['src/channel', 'src/domain'],
  },
  {
    rule: 'jobs import the app as a type and the work they call',
    area: /^jobs$/,
    may: [
      'src/access',
      'src/catalog',
      'src/sync',
      'src/inspect',
      'src/profit',
      'src/orders',
      'src/problems',
      'src/conversions',
      'src/activity',
      'src/stores',
      'src/backup',
      'src/hooks',
    ],
    except: [
      { from: 'jobs/*', to: 'src/app.ts', types: true, because: 'a job is given the house' },
      { from: 'jobs/*', to: 'src/queue/job-queue.ts', types: true, because: 'a job is a handler of a queue' },
    ],
  },
];

function allowed(layer: Layer, edge: Edge): boolean {
  if (layer.may.includes(areaOf(edge.to))) return true;
  return (layer.except ?? []).some(
    ({ from, to, types }) =>
      (from === edge.from || from === `${areaOf(edge.from)}/*`) &&
      to === edge.to &&
      (types !== true || edge.typesOnly),
  );
}

describe('directions', () => {
  it.each(LAYERS)('$rule', (layer) => {
    const own = edges.filter((edge) => layer.area.test(areaOf(edge.from)));
    expect(own.filter((edge) => !allowed(layer, edge))).toEqual([]);
    const needless = (layer.except ?? []).filter(
      ({ from, to }) => !own.some((edge) => (from.endsWith('/*') || from === edge.from) && to === edge.to),
    );
    expect(needless).toEqual([]);
  });

  it('only the app imports connectors and a queue', () => {
    const guarded = /^(connectors\/|src\/queue\/(open-queue|sql-queue|bull-queue)\.ts$)/;
    const others = edges.filter(
      ({ from, to }) =>
        guarded.test(to) &&
        from !== 'src/app.ts' &&
        from !== 'connectors/index.ts' &&
        areaOf(from) !== areaOf(to),
    );
    expect(others).toEqual([]);
  });

  it('simulators are written apart from the clients they judge', () => {
    const own = /^connectors\/[^/]+\/simulator\//;
    const shared = edges.filter(({ from, to }) => {
      const folder = own.exec(from)?.[0];
      return folder !== undefined && !to.startsWith(folder) && !KIT.test(to);
    });
    expect(shared.filter(({ from, to }) => !(isMemory(from) && isMemory(to)))).toEqual([]);
  });

  it('nothing imports a door: cli, demo, api and console are reached by people', () => {
    const doors = /^src\/(cli|demo|api|console)\//;
    const into = edges.filter(
      ({ from, to }) =>
        doors.test(to) && !doors.test(from) && from !== 'src/main.ts' && from !== 'bench/reads.ts',
    );
    expect(into).toEqual([]);
  });

  it('the form of mappings runs in a browser: nothing it reaches is Node’s, and of packages only the parsers', () => {
    const reached = new Set<string>();
    const walk = (name: string): void => {
      if (reached.has(name)) return;
      reached.add(name);
      for (const { target, typesOnly } of byPath.get(name)?.imports ?? []) if (!typesOnly) walk(target);
    };
    for (const { path: name } of files) if (name.startsWith('src/mapping/form/')) walk(name);
    const outside = [...reached].filter((name) => !byPath.has(name)).sort();
    expect(outside).toEqual(['@marcbachmann/cel-js', 'yaml']);
  });

  it('nothing runs in a circle', () => {
    expect(circles(product).filter((circle) => !isCompiler(circle))).toEqual([]);
  });
});

/** What simulators may use besides their own folder: the server they run on, and nouns. */
const KIT = /^src\/(channel\/simulator(-server)?\.ts$|domain\/)/;

/** The memory channel has no original: its store is the channel itself. */
const isMemory = (name: string): boolean => name.startsWith('connectors/memory/');

/** An expression is a tree: the compiler's case for a call or a loop compiles its parts with the compiler. These files are one unit. */
function isCompiler(circle: string): boolean {
  return circle
    .split(' → ')
    .every((name) => /^src\/mapping\/(compile(-call|-loop|-path|-operators)?|comparison)\.ts$/.test(name));
}

/** Circles of imports, types included; each as the path that closes it. */
function circles(all: readonly SourceFile[]): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (name: string, trail: readonly string[]): void => {
    if (trail.includes(name)) {
      found.push([...trail.slice(trail.indexOf(name)), name].join(' → '));
      return;
    }
    if (done.has(name)) return;
    for (const { target } of byPath.get(name)?.imports ?? [])
      if (byPath.has(target)) walk(target, [...trail, name]);
    done.add(name);
  };
  for (const file of all) walk(file.path, []);
  return found;
}

/** Files whose answers depend on their arguments alone. */
const PURE = [
  /^src\/domain\//,
  /^src\/mapping\/(?!open-mapping|sources|load|functions\/write-reference)/,
  /^src\/sync\/(step|plan|guard|receipts|listing-record)\.ts$/,
  /^src\/orders\/(decide|check-placed)\.ts$/,
  /^src\/stock\/available\.ts$/,
  /^src\/stores\/(opening-hours|choose-location|decide-pickup|staff-letter|print-pick-list)\.ts$/,
  /^src\/catalog\/guard\.ts$/,
  /^src\/categories\//,
  /^src\/workbench\/(change-kind|impact-tally|delivery-tests)\.ts$/,
  /^src\/profit\/(fee-schedule|read-fee-schedule|fee-estimate|choose-fees|profit|listing-profit|profit-report)\.ts$/,
  /^src\/checkout\/(read-request|cart-link|pick-lines)\.ts$/,
  /^src\/conversions\/(hash-buyer|read-purchase)\.ts$/,
  /^connectors\/[^/]+\/(canonical|encode|shape|attributes|audit)(\.ts|\/)/,
];
const pure = product.filter((file) => PURE.some((pattern) => pattern.test(file.path)));

describe('pure files', () => {
  it('are known by name', () => {
    for (const pattern of PURE) expect(pure.some((file) => pattern.test(file.path))).toBe(true);
  });

  it('import no database, clock, log, file or network', () => {
    const effects = /^(src\/(db|log|queue)\/|src\/clock\.ts|node:(?!crypto$|util$|buffer$))/;
    const found = pure.flatMap((file) =>
      file.imports
        .filter(({ target }) => effects.test(target))
        .map(({ target }) => `${file.path}: ${target}`),
    );
    expect(found).toEqual([]);
  });

  it('take time and chance as arguments', () => {
    const impure =
      /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bsetTimeout\b|\bperformance\.now\b|\bprocess\./;
    expect(pure.filter((file) => impure.test(file.code)).map((file) => file.path)).toEqual([]);
  });
});

describe('files', () => {
  it('have kebab-case names', () => {
    const tests = filesBelow('test');
    const names = [...files.map((file) => file.path), ...tests.filter((name) => /\.tsx?$/.test(name))];
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.generated|\.story)?\.(d\.m)?tsx?$/;
    expect(names.filter((name) => !kebab.test(path.posix.basename(name)))).toEqual([]);
  });

  it('are named after a thing, never utils, helpers, common, misc or data', () => {
    const vague = /(^|\/)(utils?|helpers?|common|misc|shared|data|info|manager|service)(\.ts|\/)/;
    expect(files.map((file) => file.path).filter((name) => vague.test(name))).toEqual([]);
  });

  it('have at most 300 lines', () => {
    const long = product
      .filter((file) => !file.path.endsWith('.generated.ts'))
      .map((file) => ({ path: file.path, lines: file.text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > 300);
    expect(long).toEqual([]);
  });

  it('of jobs have less than 40 lines', () => {
    const jobs = files.filter((file) => /^jobs\/(?!index\.ts)/.test(file.path)); // the index grows with every job
    const long = jobs.filter((file) => file.text.trimEnd().split('\n').length >= 40);
    expect(long.map((file) => file.path)).toEqual([]);
  });

  it('read web addresses with `readUrl`: on Node 20 `URL.canParse` comes to refuse letters such as ü', () => {
    const asking = product.filter(({ code }) => code.includes('URL.canParse('));
    expect(asking.map(({ path: file }) => file)).toEqual([]);
  });

  it('name channels’ addresses in the client, its settings and its version only', () => {
    const own = product.filter(
      (file) =>
        file.path.startsWith('connectors/') &&
        !/\/(client|settings|api-version)\.ts$/.test(file.path) &&
        !file.path.includes('/simulator/'), // simulators answer under the names the original has
    );
    // Names of namespaces and schemas, and pages a merchant may read: never called.
    const neverCalled =
      /^https?:\/\/(support\.google\.com|base\.google\.com|json-schema\.org|www\.w3\.org|[a-z.]*\.example)\b/;
    const found = own.flatMap((file) =>
      [...file.code.matchAll(/https?:\/\/[a-z][^'"`\s]*/g)]
        .map(([address]) => address)
        .filter((address) => !neverCalled.test(address))
        .map((address) => `${file.path}: ${address}`),
    );
    expect(found).toEqual([]);
  });
});

describe('the console', () => {
  const pages = product.filter(({ path: name }) => name.startsWith('src/console/'));
  const sheets = filesBelow('src/console')
    .filter((name) => name.endsWith('.css'))
    .map((name) => path.posix.join('src/console', name));

  it('takes nothing but types from the API, and what the form view is made of', () => {
    const found = pages.flatMap((file) =>
      file.imports
        .filter(
          ({ target }) => /^(src|connectors|jobs|node:)/.test(target) && !target.startsWith('src/console/'),
        )
        .filter(
          ({ target, typesOnly }) => !(typesOnly && target.startsWith('src/api/')) && !FORM.test(target),
        )
        .map(({ target }) => `${file.path}: ${target}`),
    );
    expect(found).toEqual([]);
  });

  it('has files of at most 200 lines', () => {
    const long = pages.filter((file) => file.text.trimEnd().split('\n').length > 200);
    expect(long.map((file) => file.path)).toEqual([]);
  });

  it('puts no text into a page but as text, and styles by classes alone', () => {
    const found = pages.filter(({ code }) => /dangerouslySetInnerHTML|\bstyle=\{|\.innerHTML\b/.test(code));
    expect(found.map((file) => file.path)).toEqual([]);
  });

  it.each(sheets)('%s can be turned round, and takes its colours from the tokens', (sheet) => {
    const rules = readSource(sheet).replace(/\/\*[\s\S]*?\*\//g, '');
    expect(rules.match(PHYSICAL) ?? []).toEqual([]);
    expect(rules.match(/!important/) ?? []).toEqual([]);
    if (!sheet.endsWith('/tokens.css'))
      expect(rules.match(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/gi) ?? []).toEqual([]);
  });
});

/** What browser code may share with the engine: pure, no node. */
const FORM = /^src\/mapping\/form\//;

/** Properties that name a side of the screen instead of a side of the text. */
const PHYSICAL =
  /(^|[\s;{])((margin|padding|border)-(left|right|top|bottom)|left|right|top|bottom|(min-|max-)?(width|height)|float)\s*:|text-align\s*:\s*(left|right)/gm;

describe('exports', () => {
  it('are named', () => {
    const unnamed = files.filter((file) => /(^|\n)export (default|=)/.test(file.code));
    expect(unnamed.map((file) => file.path)).toEqual([]);
  });

  it('are not passed on: no barrels', () => {
    const barrels = files.filter((file) =>
      /(^|\n)export\s+(type\s+)?(\*|\{[^}]*\})\s*(as \w+ )?from\b/.test(file.code),
    );
    expect(barrels.map((file) => file.path)).toEqual([]);
  });

  it('each have a docstring', () => {
    const written = product.filter((file) => !file.path.endsWith('.generated.ts')); // what the generator says is their docstring
    const bare = written.flatMap((file) => undocumented(file).map((name) => `${file.path}: ${name}`));
    expect(bare).toEqual([]);
  });
});

/** Exports without a docstring directly above. Further overloads share the first one's; a union of constants its type's. */
function undocumented(file: SourceFile): string[] {
  const lines = file.text.split('\n');
  const seen = new Set<string>();
  return lines.flatMap((line, at) => {
    const name =
      /^export (?:abstract |async |declare )*(?:function\*?|const|let|class|interface|type|enum) ([A-Za-z0-9_$]+)/.exec(
        line,
      )?.[1];
    if (name === undefined || seen.has(name)) return [];
    seen.add(name);
    let above = at - 1;
    while (lines[above]?.startsWith('// biome-ignore')) above -= 1;
    return lines[above]?.trimEnd().endsWith('*/') ? [] : [name];
  });
}
