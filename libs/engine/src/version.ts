/** Version of the trading rules of this engine; part of every run, raised whenever the same inputs may give another ledger. */
export const ENGINE_VERSION = '0.2.0';
