/** The processes of this machine. */
import * as v from 'valibot';
import { defineExecutor } from '../executor.ts';
import { LocalExecutor } from '../local-executor.ts';
import { parse } from '../schema-parts.ts';

const schema = v.object({ executor: v.strictObject({ kind: v.literal('local') }) });

export default defineExecutor({
  name: 'local',
  settings: (executor, where) => (parse(schema, { executor }, where) as v.InferOutput<typeof schema>).executor,
  detached: false,
  atOnce: () => null,
  start: (_, { workers }) => new LocalExecutor(workers),
});
