// Imports files one after the other on the built program, and says for each how it ended, how long the event loop stood still and how much
// memory the process has taken so far as the system counts it. A turn counts as blocked only for the time it really computed, so that a busy
// machine is not taken for a busy loop.
import { createInterface } from 'node:readline';

const [, , root, database] = process.argv;
const { connectDatabase } = await import(`${root}/db/connect.js`);
const { importSource } = await import(`${root}/catalog/import.js`);
const { openSource } = await import(`${root}/catalog/readers/open-source.js`);
const { systemClock } = await import(`${root}/clock.js`);

const db = await connectDatabase(database);
const TURN_MS = 5;
let longest = 0;
let turn = performance.now();
let worked = process.cpuUsage();
setInterval(() => {
  const used = process.cpuUsage(worked);
  const blocked = Math.min(performance.now() - turn, (used.user + used.system) / 1_000) - TURN_MS;
  longest = Math.max(longest, blocked);
  turn = performance.now();
  worked = process.cpuUsage();
}, TURN_MS).unref();

for await (const line of createInterface({ input: process.stdin })) {
  const { path, id, mapping } = JSON.parse(line);
  longest = 0;
  const told = await importOne(path, { id, currency: 'USD', ...(mapping ? { mapping } : {}) });
  await new Promise((resolve) => setTimeout(resolve, TURN_MS * 2));
  const blockedMs = Math.round(longest);
  for (const table of ['stock_level', 'variant', 'product', 'import_error', 'import_run'])
    await db.run(`DELETE FROM ${table}`);
  const polluted = 'polluted' in {};
  process.stdout.write(
    `${JSON.stringify({ ...told, polluted, blockedMs, rssMb: Math.round(process.resourceUsage().maxRSS / 1_024) })}\n`,
  );
}
await db.close();

async function importOne(path, source) {
  const complaints = [];
  const signal = AbortSignal.timeout(120_000);
  try {
    const result = await importSource(db, {
      source: { id: source.id, role: 'primary' },
      actor: 'hostile',
      clock: systemClock,
      read: (report) =>
        openSource(path, source, {
          report: (error) => {
            if (complaints.length < 1_000) complaints.push(error.code);
            report(error);
          },
          signal,
        }),
    });
    return {
      state: result.state,
      variants: result.variants,
      complaints: complaints.length,
    };
  } catch (error) {
    return {
      code: String(error.code ?? error.name),
      owner: error.owner ?? null,
      message: String(error.message),
      advice: error.advice ?? null,
      complaints: complaints.length,
    };
  }
}
