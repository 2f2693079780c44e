/** The code of an error of the operating system, `ENOENT`; empty for anything else. */
export function systemCode(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  return typeof code === 'string' ? code : '';
}
