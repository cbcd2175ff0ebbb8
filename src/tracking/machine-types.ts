import { machineType } from '../core/machine-type.ts';
import type { Provenance } from '../core/results.ts';
import { STATED } from './provenance.ts';
import type { Store } from './store.ts';

/** Run → the types of machine that its attempts ran on, each once; runs of which nobody stated one are missing. */
export function machineTypesOf(store: Store, runIds: readonly string[]): Map<string, readonly string[]> {
  const sql = `SELECT DISTINCT content ->> '$.machine' ${STATED} ORDER BY attempt`;
  const statement = store.prepare<string | null>(sql, 'pluck');
  const found = store.read(() => runIds.map(id => [id, typesIn(statement.all(id))] as const));
  return new Map(found.filter(([, types]) => types.length > 0));
}

function typesIn(machines: readonly (string | null)[]): string[] {
  const stated = machines.filter(machine => machine !== null);
  return [...new Set(stated.map(text => machineType(JSON.parse(text) as Partial<Provenance['machine']>)))];
}
