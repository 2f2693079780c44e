import { writeFileSync } from 'node:fs';
import { ERROR_CODES } from '@sos/domain';

const rows = Object.entries(ERROR_CODES).map(
  ([code, e]) => `| \`${code}\` | ${e.kind} | ${e.retryable ? 'yes' : 'no'} | ${e.meaning} | ${e.remedy} |`,
);
const text = `# Errors

Every error of SOS has a stable code. The table is generated from \`libs/domain/src/errors/error-codes.ts\`
(\`node --conditions=@sos/source --import tsx tools/docs/errors.ts\`) and a test keeps the two equal.

Kinds decide what happens: **ConfigError** refuse to start · **InputError** tell the user, exit 2 · **DataError** quarantine the row, count, alarm ·
**NetworkError** retry within a budget · **AuthError** no entries, exits stay possible · **OutcomeUnknown** never resend, reconcile ·
**InvariantViolation** halt, keep the journal. InputError ends the CLI with exit code 2, every other kind with 1.

| Code | Kind | Retried | Meaning | What to do |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
writeFileSync(new URL('../../docs/errors.md', import.meta.url), text);
