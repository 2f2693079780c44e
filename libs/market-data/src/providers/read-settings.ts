import { AppError, didYouMean } from '@sos/domain';
import type { z } from 'zod';

/** Checks the settings of a provider. @throws SOS_CONFIG with every fault at once; an unknown key is a fault, named with what is near it */
export function readSettings<T extends z.ZodObject>(vendor: string, schema: T, input: unknown): z.output<T> {
  const checked = schema.safeParse(input);
  if (checked.success) return checked.data;
  const known = Object.keys(schema.shape);
  const faults = checked.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `unknown key "${key}"${didYouMean(key, known)}`).join(', ')
      : `${issue.path.join('.')}: ${issue.message}`,
  );
  throw new AppError('SOS_CONFIG', `expected settings of the provider ${vendor}, found ${faults.join('; ')}`, {
    context: { vendor },
  });
}
