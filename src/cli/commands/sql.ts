import { UserError } from '../../core/errors.ts';
import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'sql',
  group: 'store',
  summary: 'ask the store in SQL; it is only read',
  configure(command) {
    command
      .argument('<select>', 'one SELECT, in quotation marks')
      .option('--json', 'print an array of objects')
      .option('--csv', 'print CSV with a head')
      .addHelpText('after', VIEWS);
  },
  async run([sql], { json, csv }) {
    if (json && csv) throw new UserError('expected --json or --csv, got both.');
    const { sqlCommand } = await import('../store/sql.ts');
    return sqlCommand(sql as string, json ? 'json' : csv ? 'csv' : 'table');
  },
});

const VIEWS = `
Views: v_runs, v_metrics, v_points, v_params, v_attempts, v_artifacts, v_tags, v_verdicts (columns: docs/store.md).

Example:
  bench sql "SELECT arm, count(*), avg(value) FROM v_metrics JOIN v_runs USING (run) WHERE metric = 'test.top1' GROUP BY arm"`;
