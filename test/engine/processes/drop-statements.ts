/** Statements that the garbage collector takes while it works for an allocation, when no JavaScript is on the stack. */
import Database from 'better-sqlite3';

const db = new Database(':memory:');
let litter: unknown[] = [];
for (let i = 0; i < 300_000; i++) {
  if (i % 50 === 0) db.prepare('SELECT 1').get();
  if (litter.length === 1000) litter = [];
  litter.push({ i });
}
process.stdout.write('alive');
