// Pages wait for sockets and other processes: a project cannot set `testTimeout` when all projects run together.
globalThis[Symbol.for('TEST_TIMEOUT_SYMBOL')] = 240_000;
