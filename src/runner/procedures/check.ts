import { UserError } from '../../core/errors.ts';
import type { NetDescription } from '../../core/net.ts';
import type { Procedure } from '../../core/procedure.ts';
import { applyToWhole } from '../../nets/index.ts';

/** Before anything is trained: throws `UserError` if a net cannot be shown what a procedure asks for. */
export function checkProcedures(procedures: readonly Procedure[], net: NetDescription, where: string): void {
  const [height = 0, width = 0, channels = 0] = net.input;
  const side = Math.max(height, width);
  for (const procedure of procedures) {
    const scales = ('scales' in procedure ? procedure.scales : null) ?? [];
    const small = scales.find(scale => scale < side);
    if (small !== undefined) throw tooSmall(`${where}: ${procedure.kind}`, side, small);
    if (procedure.kind !== 'dense') continue;
    for (const scale of scales.length > 0 ? scales : [side]) applyToWhole(net, [scale, scale, channels]);
  }
}

function tooSmall(where: string, side: number, got: number): UserError {
  return new UserError(`${where}: expected scales of at least ${side} pixels, what the net sees, got ${got}.`);
}
