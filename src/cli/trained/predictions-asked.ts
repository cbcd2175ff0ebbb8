/** RUN or RUN:PROCEDURE as a person names predictions. */
import { EXIT, UserError } from '../../core/errors.ts';
import { type Predictions, predictedProcedures, predictionsPath, readPredictions } from '../../core/predictions.ts';
import { unknownName } from '../../core/registry.ts';
import { folderOfRun } from './trained-run.ts';

const USUAL = 'single-crop';

/** Without a procedure: the single crop, or the only other one. */
export function askedPredictions(name: string): Predictions {
  const [prefix = '', asked] = name.split(':');
  const folder = folderOfRun(prefix);
  const known = predictedProcedures(folder);
  if (known.length === 0) throw noPredictions(prefix, folder);
  const procedure = asked ?? (known.includes(USUAL) ? USUAL : (known[0] as string));
  if (!known.includes(procedure)) throw unknownName(`procedure of run ${prefix}`, procedure, known);
  return readPredictions(predictionsPath(folder, procedure));
}

function noPredictions(run: string, folder: string): UserError {
  const why = 'it has not finished, or was made before predictions were kept';
  return new UserError(`run ${run} has no predictions in ${folder}: ${why}. \`bench run\` makes them.`, {
    exitCode: EXIT.noData,
  });
}
