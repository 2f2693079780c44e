import { bytesToHex } from '@noble/hashes/utils';
import { sha256 } from '@noble/hashes/sha2';
import type { VariantResult } from './variant-result.js';

/** SHA-256 (hex) of the results of a sweep in the order of its plan: the same whatever the number of workers, threads or machines. */
export function sweepHash(results: readonly VariantResult[]): string {
  const sha = sha256.create();
  const cells = (r: VariantResult): (number | string | null)[] => [
    ...[r.variant, r.configHash, r.dataHash, r.ledgerHash, r.trades, r.wins, r.gross, r.charges, r.net],
    ...[r.netWins, r.netLosses, r.unfilledEntries, r.failure, ...r.dayNets],
  ];
  for (const result of [...results].sort((a, b) => a.variant - b.variant))
    sha.update(`variant ${JSON.stringify(cells(result))}\n`);
  return bytesToHex(sha.digest());
}
