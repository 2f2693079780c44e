#!/usr/bin/env node
import { runCli } from './run-cli.js';
import { processIo } from './terminal/cli-io.js';

// A reader that closes early (`sos report | head`) is no failure.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });

// A bar that was drawn hides the cursor.
process.once('SIGINT', () => {
  if (process.stderr.isTTY) process.stderr.write('\u001B[?25h\n');
  process.exit(130);
});

process.exitCode = await runCli(process.argv.slice(2), processIo());
