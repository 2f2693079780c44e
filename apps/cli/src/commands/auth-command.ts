import type { Command } from 'commander';
import type { AuthOptions } from '../auth/auth-upstox.js';
import type { ContextOf } from '../program.js';

const EXAMPLES = `
Examples:
  sos auth upstox
  sos auth upstox --code 'http://127.0.0.1:8641/upstox?code=…&state=…'

Needs providers.upstox.apiKey (SOS_UPSTOX_API_KEY) and the secret upstox-api-secret (SOS_UPSTOX_API_SECRET, or the file
<data folder>/secrets/upstox-api-secret of mode 600). The token is kept in <data folder>/secrets/upstox-token and ends at 03:30 IST.`;

/** `sos auth`. */
export function registerAuth(program: Command, contextOf: ContextOf): void {
  const auth = program.command('auth').description('log in to a provider').addHelpText('after', EXAMPLES);
  auth
    .command('upstox')
    .description('log in to Upstox: prints the address to open, waits for the browser to come back')
    .option('--code <text>', 'the login code, or the whole address to which the browser was sent')
    .option('--timeout <seconds>', 'how long to wait for the browser', '300')
    .action(async (options: AuthOptions, command: Command) => {
      const { authUpstox } = await import('../auth/auth-upstox.js');
      await authUpstox(contextOf(command), options);
    });
}
