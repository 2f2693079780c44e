import type { Command } from 'commander';
import type { ContextOf } from '../program.js';

const EXAMPLES = `
Examples:
  sos db start          start the embedded PostgreSQL of the data folder and bring its schema up to date
  sos db status
  psql "$(sos db url --show-password)"
  sos db stop

DATABASE_URL names a server of your own; start and stop then leave it alone.`;

/** `sos db start|stop|status|url`. */
export function registerDb(program: Command, contextOf: ContextOf): void {
  const db = program.command('db').description('start, stop and inspect the database').addHelpText('after', EXAMPLES);
  db.command('start')
    .description('start the database and migrate it')
    .action(async (_: object, command: Command) => {
      const { startDatabase } = await import('../db/start-database.js');
      await startDatabase(contextOf(command));
    });
  db.command('stop')
    .description('stop the embedded database')
    .action(async (_: object, command: Command) => {
      const { stopTheDatabase } = await import('../db/stop-database.js');
      await stopTheDatabase(contextOf(command));
    });
  db.command('status')
    .description('whether the database runs, and where')
    .option('--json', 'print as JSON')
    .action(async (options: { json?: boolean }, command: Command) => {
      const { showDatabaseStatus } = await import('../db/database-status.js');
      await showDatabaseStatus(contextOf(command), options);
    });
  db.command('url')
    .description('the connection URL')
    .option('--show-password', 'print the password instead of ***')
    .action(async (options: { showPassword?: boolean }, command: Command) => {
      const { showDatabaseUrl } = await import('../db/database-url.js');
      await showDatabaseUrl(contextOf(command), options);
    });
}
