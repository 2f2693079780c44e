import type { Command } from 'commander';
import type { AuthOptions } from '../auth/auth-upstox.js';
import type { TokenOptions } from '../auth/auth-token.js';
import type { ContextOf } from '../program.js';

const EXAMPLES = `
Examples:
  sos auth upstox
  sos auth upstox --code 'http://127.0.0.1:8641/upstox?code=…&state=…'
  sos auth token                      a token for the API server on another address than 127.0.0.1

Needs providers.upstox.apiKey (SOS_UPSTOX_API_KEY) and the secret upstox-api-secret (SOS_UPSTOX_API_SECRET, or the file
<data folder>/secrets/upstox-api-secret of mode 600). The token is kept in <data folder>/secrets/upstox-token and ends at 03:30 IST.`;

/** `sos auth`. */
export function registerAuth(program: Command, contextOf: ContextOf): void {
  const auth = program
    .command('auth')
    .description('log in to a provider, or make a token of the API server')
    .addHelpText('after', EXAMPLES);
  auth
    .command('upstox')
    .description('log in to Upstox: prints the address to open, waits for the browser to come back')
    .option('--code <text>', 'the login code, or the whole address to which the browser was sent')
    .option('--timeout <seconds>', 'how long to wait for the browser', '300')
    .action(async (options: AuthOptions, command: Command) => {
      const { authUpstox } = await import('../auth/auth-upstox.js');
      await authUpstox(contextOf(command), options);
    });
  auth
    .command('token')
    .description('make a token of the API server: printed once, kept as a hash')
    .option('--revoke-others', 'end all tokens made before')
    .action(async (options: TokenOptions, command: Command) => {
      const { authToken } = await import('../auth/auth-token.js');
      await authToken(contextOf(command), options);
    });
}
