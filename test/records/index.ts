/** `npm run test:records`: the verdicts of all records, drawn again from their figures by SciPy. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pythonWith } from '../venv.ts';

const FOLDER = resolve('reports/records');

const records = existsSync(FOLDER) ? readdirSync(FOLDER).filter(name => name.endsWith('.json')) : [];
const python = await pythonWith('records', ['numpy==2.4.6', 'scipy==1.17.1']);
const check = fileURLToPath(new URL('check.py', import.meta.url));
const { stdout } = await promisify(execFile)(python, [check, ...records.map(name => join(FOLDER, name))]);
process.stdout.write(stdout);
const { disagreements } = JSON.parse(stdout.trim().split('\n').at(-1) as string) as { disagreements: number };
process.exitCode = disagreements > 0 ? 1 : 0;
