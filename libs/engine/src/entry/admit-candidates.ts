import { MS_PER_MINUTE } from '@sos/domain';
import { holdWatch } from '../execution/watch.js';
import { decide, refuse } from '../ledger/decide.js';
import { ENTRY_PROTECTIONS } from '../protections/entry-protections.js';
import type { Turn } from '../state/turn.js';
import type { Candidate, UnderlyingBook } from '../state/underlying-book.js';
import { chooseContract } from './choose-contract.js';

/** Arbitrates the signals of one bar: higher priority first, then by gate id; each becomes an intent or a recorded refusal. */
export function admitCandidates(turn: Turn): void {
  const { book } = turn;
  if (book.candidateCount === 1) {
    admit(turn, book.candidates[0] as Candidate);
    return;
  }
  const ranked = book.candidates.slice(0, book.candidateCount);
  ranked.sort((a, b) => rank(book, a, b));
  for (const candidate of ranked) admit(turn, candidate);
}

function rank(book: UnderlyingBook, a: Candidate, b: Candidate): number {
  const ga = book.gates[a.gate];
  const gb = book.gates[b.gate];
  if (!ga || !gb) return 0;
  return gb.priority - ga.priority || (ga.id < gb.id ? -1 : ga.id > gb.id ? 1 : 0);
}

function admit(turn: Turn, candidate: Candidate): void {
  turn.state.counts.signals++;
  for (const protection of ENTRY_PROTECTIONS) {
    const detail = protection.refuse(turn, candidate);
    if (detail !== null) {
      refuse(turn, candidate.gate, { reason: protection.code, detail });
      return;
    }
  }
  const contract = chooseContract(turn, candidate.gate);
  if (typeof contract === 'string') {
    refuse(turn, candidate.gate, { reason: 'no-contract', detail: contract });
    return;
  }
  const { state, book } = turn;
  book.busy[candidate.gate] = 1;
  book.intents.push({
    gate: candidate.gate,
    orderId: state.nextOrder++,
    contract,
    regime: candidate.regime,
    decidedAt: state.now,
    lastOpen: state.now + state.config.entryWaitMinutes * MS_PER_MINUTE,
    indexStop: candidate.stop,
    indexTarget: candidate.target,
    sizeMultiplier: Math.min(candidate.sizeMultiplier, state.config.maxSizeMultiplier),
    obstacle: 'no-price',
    working: null,
  });
  holdWatch(turn, contract);
  decide(turn, candidate.gate, { kind: 'signal', reason: 'admitted', detail: contract.id });
}
