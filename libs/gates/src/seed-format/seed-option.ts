import type { Bias } from '@sos/domain';
import type { GateFile } from '../gate-file/gate-schema.js';
import type { SeedFile } from './seed-file.js';
import type { SeedNotes } from './seed-notes.js';

const SELECTION = /^(ATM|OTM|ITM)(?:_(CALL|PUT|CE|PE))?(?:_(\d{1,2}))?$/;
const PATH = ['execution', 'option_selection'];

/** Which option is bought. The seed bought at the money whatever the file said. */
export function importOption({ execution }: SeedFile, bias: Bias, notes: SeedNotes): GateFile['option'] {
  const text = execution.option_selection ?? 'ATM';
  const [, money = 'ATM', right, steps = '1'] = SELECTION.exec(text.toUpperCase()) ?? [];
  const distance = Number(steps);
  if (!SELECTION.test(text.toUpperCase()) || distance < 1 || distance > 20) {
    notes.problem(PATH, `expected a selection such as ATM_CALL or OTM_PUT_1, found "${text}"`);
    return { moneyness: 'ATM', expiry: 'nearest' };
  }
  const isCall = right === 'CALL' || right === 'CE';
  if (right !== undefined && isCall !== (bias === 'bullish'))
    notes.repair(
      PATH,
      'option',
      `${text} contradicts side ${execution.side}: a ${bias} gate buys a ${bias === 'bullish' ? 'call' : 'put'}`,
    );
  if (money !== 'ATM') notes.repair(PATH, 'option', `${text} was ignored: now ${money}${distance}`);
  return { moneyness: money === 'ATM' ? 'ATM' : `${money}${distance}`, expiry: 'nearest' };
}
