import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withReference } from './reference.js';

// Run from the project's folder after a build: node dist/src/mapping/functions/write-reference.js
const file = path.resolve('mappings/README.md');
writeFileSync(file, withReference(readFileSync(file, 'utf8')));
process.stdout.write(`${file} is up to date\n`);
