import type { CommandEntry } from './command.js';

/**
 * Every command, in the order of the help. One row per command: what the help says of it, and where it is. A command is loaded when it is
 * called, with what it needs: `omnifeed --version` and a shell that completes names wait for no database, queue or channel.
 */
export const commands: readonly CommandEntry[] = [
  {
    usage: 'demo',
    says: 'try the whole job offline: list a catalog on simulated channels, change it, sell, ship',
    load: async () => (await import('./demo.js')).addDemo,
  },
  {
    usage: 'init',
    says: 'write a commented omnifeed.yaml and a new data key',
    load: async () => (await import('./init.js')).addInit,
  },
  {
    usage: 'doctor',
    says: 'check configuration, database, queue, clock, disk, key and every channel',
    load: async () => (await import('./doctor.js')).addDoctor,
  },
  {
    usage: 'selftest',
    says: 'kill writers of a scratch database beside yours and see that nothing is lost that was told as kept',
    load: async () => (await import('./selftest.js')).addSelftest,
  },
  {
    usage: 'import [sources...]',
    says: 'import sources (files, addresses, shops) into the catalog (all of them without names)',
    load: async () => (await import('./import.js')).addImport,
  },
  {
    usage: 'complaints <source>',
    says: 'rows that the latest import of a source rejected, and values it left out',
    load: async () => (await import('./complaints.js')).addComplaints,
  },
  {
    usage: 'plan <channel>',
    says: 'show what would be sent to a channel, with differences and what is held; sends nothing',
    load: async () => (await import('./plan.js')).addPlan,
  },
  {
    usage: 'sync [channels...]',
    says: 'bring channels in step with the catalog (all of them without names)',
    load: async () => (await import('./sync.js')).addSync,
  },
  {
    usage: 'resume <channel>',
    says: 'put a paused channel to work again, after its credentials were renewed',
    load: async () => (await import('./resume.js')).addResume,
  },
  {
    usage: 'channel <channel> [action]',
    says: 'what a channel lets you do by hand: without an action they are listed, with one it is done',
    load: async () => (await import('./channel.js')).addChannel,
  },
  {
    usage: 'sends <channel> [what]',
    says: 'how much goes out to a channel: everything, nothing (it is only read), or a number of listings first',
    load: async () => (await import('./sends.js')).addSends,
  },
  {
    usage: 'match <channel>',
    says: 'look by GTIN for the items of the channel’s own catalog that unlisted SKUs are',
    load: async () => (await import('./match.js')).addMatch,
  },
  {
    usage: 'observe <channel>',
    says: 'read a channel back now: what drifted, what is missing, what is not ours',
    load: async () => (await import('./observe.js')).addObserve,
  },
  {
    usage: 'adopt <channel>',
    says: 'take over listings the channel has and Omnifeed did not make: from now on they are updated and removed like its own',
    load: async () => (await import('./adopt.js')).addAdopt,
  },
  {
    usage: 'explain <channel> <sku>',
    says: 'show why a listing has its values, attribute by attribute, or why it was not sent',
    load: async () => (await import('./explain.js')).addExplain,
  },
  {
    usage: 'history <sku>',
    says: 'what changed about a SKU: who, when, old and new',
    load: async () => (await import('./history.js')).addHistory,
  },
  {
    usage: 'mapping',
    says: 'work with mappings',
    load: async () => (await import('./mapping.js')).addMapping,
  },
  {
    usage: 'categories <channel>',
    says: 'suggest the channel’s category for each of your own, from a taxonomy file you downloaded',
    load: async () => (await import('./categories.js')).addCategories,
  },
  {
    usage: 'status',
    says: 'show how the catalog, every channel and the jobs stand, and what needs a person',
    load: async () => (await import('./status.js')).addStatus,
  },
  {
    usage: 'revive <job> <key>',
    says: 'let a dead job run again at once, with a clean record',
    load: async () => (await import('./revive.js')).addRevive,
  },
  { usage: 'orders', says: 'orders of channels', load: async () => (await import('./orders.js')).addOrders },
  {
    usage: 'ship [channel] [order]',
    says: 'announce a parcel: everything that is still open in an order, or the lines you name; or many from a file',
    load: async () => (await import('./ship.js')).addShip,
  },
  {
    usage: 'locations',
    says: 'warehouses and stores: what is done there, and whether they are open',
    load: async () => (await import('./locations.js')).addLocations,
  },
  {
    usage: 'report [channel]',
    says: 'what was sold: orders, units, revenue, refunds, cost, margin before and after the channel’s estimated fees',
    load: async () => (await import('./report.js')).addReport,
  },
  {
    usage: 'buyers',
    says: 'what is kept of people: hand it out, erase it, record who agreed to marketing',
    load: async () => (await import('./buyers.js')).addBuyers,
  },
  {
    usage: 'backup',
    says: 'copy the database while it works, seal and prove the copy; `omnifeed start` does it every hour',
    load: async () => (await import('./backup.js')).addBackup,
  },
  {
    usage: 'restore [file]',
    says: 'put a backup in place of the database (which is moved aside); channels stay paused until you resume them',
    load: async () => (await import('./backup.js')).addRestore,
  },
  {
    usage: 'profit <channel>',
    says: 'what each listing leaves: price − tax − fees − shipping − cost, worst first',
    load: async () => (await import('./profit.js')).addProfit,
  },
  {
    usage: 'override',
    says: 'fix attributes by hand, or keep a product off channels',
    load: async () => (await import('./override.js')).addOverride,
  },
  {
    usage: 'stock',
    says: 'counts of stock: state them, read a file of them, look at one SKU',
    load: async () => (await import('./stock.js')).addStock,
  },
  {
    usage: 'start',
    says: 'keep everything in step: schedules and all jobs in one process, until Ctrl-C',
    load: async () => (await import('./start.js')).addStart,
  },
  {
    usage: 'setup-token',
    says: 'print the address at which the first administrator sets a password; good once, for 30 minutes',
    load: async () => (await import('./users.js')).addSetupToken,
  },
  {
    usage: 'users',
    says: 'who may sign in to the console',
    load: async () => (await import('./users.js')).addUsers,
  },
  {
    usage: 'keys',
    says: 'API keys: make, list, revoke',
    load: async () => (await import('./keys.js')).addKeys,
  },
  {
    usage: 'webhooks',
    says: 'addresses outside that are told what happens: add, ping, replay, change secrets',
    load: async () => (await import('./webhooks.js')).addWebhooks,
  },
  {
    usage: 'audit',
    says: 'who did what: check that the log is as it was written',
    load: async () => (await import('./audit.js')).addAudit,
  },
  {
    usage: 'worker',
    says: 'take jobs beside `omnifeed start`; needs a Postgres database',
    load: async () => (await import('./start.js')).addWorker,
  },
  {
    usage: 'simulate <connector>',
    says: 'run the simulated channel of a connector (amazon, google-merchant, …) on this machine',
    load: async () => (await import('./simulate.js')).addSimulate,
  },
  {
    usage: 'new-connector <name>',
    says: 'write a new connector (acme-market: small letters and dashes) with simulator and mapping into a checkout of the sources',
    load: async () => (await import('./new-connector.js')).addNewConnector,
  },
];
