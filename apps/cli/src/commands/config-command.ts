import type { Command } from 'commander';
import type { ContextOf } from '../program.js';

const EXAMPLES = `
Examples:
  sos config show
  sos config show --json

Settings come from the environment, else from sos.config.json (or the file that SOS_CONFIG names), else from defaults.
A setting's variable is its path: providers.upstox.apiKey is SOS_UPSTOX_API_KEY, ingest.strikeBand SOS_INGEST_STRIKE_BAND.
Secrets come from the environment or from files of mode 600 in <data folder>/secrets, and are never shown.`;

/** `sos config`. */
export function registerConfig(program: Command, contextOf: ContextOf): void {
  const config = program.command('config').description('settings in force').addHelpText('after', EXAMPLES);
  config
    .command('show')
    .description('print every setting with its value and origin; secrets only as set or not')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }, command: Command) => {
      const { showConfig } = await import('../config/show-config.js');
      await showConfig(contextOf(command), options);
    });
}
