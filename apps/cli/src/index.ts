export { runCli } from './run-cli.js';
export { type CliIo, processIo, type TextSink } from './terminal/cli-io.js';
