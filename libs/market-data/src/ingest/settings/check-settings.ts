import { didYouMean } from '@sos/domain';
import { SettingsSchema, type DataSettings } from './settings-schema.js';

/** A fault of a settings file: where in it (keys from the outside in), and what was expected and found. */
export interface SettingsFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Settings that hold, or everything that is wrong with them. */
export type CheckedSettings =
  | { readonly settings: DataSettings; readonly faults: readonly [] }
  | { readonly settings: null; readonly faults: readonly SettingsFault[] };

const keyed = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const DEFAULTS: DataSettings = SettingsSchema.parse({});

function knownKeys(path: readonly PropertyKey[]): string[] {
  let at: unknown = DEFAULTS;
  for (const key of path) at = keyed(at) ? at[String(key)] : undefined;
  return keyed(at) ? Object.keys(at) : [];
}

const plain = (path: readonly PropertyKey[]): (string | number)[] =>
  path.map((key) => (typeof key === 'number' ? key : String(key)));

/** Checks settings strictly: an unknown key is a fault, named with the key that it is nearest to. All faults at once. */
export function checkSettings(value: unknown): CheckedSettings {
  const checked = SettingsSchema.safeParse(value);
  if (checked.success) return { settings: checked.data, faults: [] };
  const faults = checked.error.issues.flatMap((issue): SettingsFault[] => {
    const path = plain(issue.path);
    if (issue.code !== 'unrecognized_keys') return [{ path, message: `${path.join('.')}: ${issue.message}` }];
    return issue.keys.map((key) => {
      const known = knownKeys(issue.path);
      const near = didYouMean(key, known);
      const where = [...path, key];
      return {
        path: where,
        message: `unknown key "${where.join('.')}"${near === '' ? ` (known: ${known.join(', ')})` : near}`,
      };
    });
  });
  return { settings: null, faults };
}
