import type { ConfigPatch, UnplannedConfig } from '../core/cell-config.ts';
import { UserError } from '../core/errors.ts';
import type { Json } from '../core/ids.ts';
import { isObject } from '../core/is-object.ts';
import { unknownName } from '../core/registry.ts';

/** `base` with the patches laid over it, the later the stronger. Lists and variants (`kind`) are replaced whole. */
export function mergeConfig(base: UnplannedConfig, ...patches: readonly (ConfigPatch | undefined)[]): UnplannedConfig {
  return patches.reduce<unknown>((merged, patch) => mergeValue(merged, patch), base) as UnplannedConfig;
}

/** Short for what is set most often. */
const SHORT_NAMES = new Map([['data', 'dataset']]);

/** `steps=100`, `optimiser.rate=0.05`, `options.widths=8,8,16` as a patch. Unknown keys are refused with the nearest. */
export function patchFromSettings(settings: readonly string[], base: UnplannedConfig): ConfigPatch {
  return settings.reduce<ConfigPatch>(
    (patch, setting) => mergeValue(patch, parseSetting(setting, base)) as ConfigPatch,
    {},
  );
}

function parseSetting(setting: string, base: UnplannedConfig): ConfigPatch {
  const [, path, text] = /^([^=]+)=(.*)$/s.exec(setting) ?? [];
  if (path === undefined || text === undefined) {
    throw new UserError(`--set: expected key=value, got "${setting}". For example: --set steps=100.`);
  }
  const keys = (SHORT_NAMES.get(path) ?? path).split('.');
  checkPath(keys, base, path);
  return keys.reduceRight<unknown>((value, key) => ({ [key]: value }), parseValue(text)) as ConfigPatch;
}

/** Options of a net are checked by the net itself, since only it knows them. */
function checkPath(keys: readonly string[], base: UnplannedConfig, path: string): void {
  let level: unknown = base;
  for (const key of keys) {
    if (keys[0] === 'options' && level !== base) return;
    if (!isObject(level) || !Object.hasOwn(level, key)) {
      throw unknownName(`setting`, path, settingNames(base));
    }
    level = level[key];
  }
}

function settingNames(value: unknown, prefix = ''): string[] {
  if (!isObject(value)) return [prefix];
  return Object.entries(value).flatMap(([key, inner]) => settingNames(inner, prefix === '' ? key : `${prefix}.${key}`));
}

/** JSON, else a list of such values where there are commas, else the text itself. */
export function parseValue(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text.includes(',') ? text.split(',').map(parseValue) : text;
  }
}

function mergeValue(base: unknown, patch: unknown): unknown {
  if (patch === undefined) return base;
  if (!isObject(base) || !isObject(patch) || ('kind' in patch && patch.kind !== base.kind)) return patch;
  const changed = Object.entries(patch).map(([key, value]) => [key, mergeValue(base[key], value)]);
  return { ...base, ...Object.fromEntries(changed) };
}
