/** One round of placing in a process of its own, as a job of `omnifeed start` does it. Arguments: folder of the build, configuration, channel. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [dist, config, channel] = process.argv.slice(2);
const from = (file) => import(pathToFileURL(path.join(dist, file)).href);
const { openApp } = await from('src/app.js');
const { jobHandlers } = await from('jobs/index.js');
const app = await openApp(config);
await jobHandlers(app)['place-orders'](channel, app.signal);
await app.close();
