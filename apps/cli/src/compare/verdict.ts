import type { InputComparison } from './compare-inputs.js';

/** Whether what decided two runs explains that their ledgers differ, in one sentence for people. */
export function verdictOf(inputs: InputComparison): string {
  const causes = [
    ...(inputs.sameData ? [] : ['the data']),
    ...(inputs.sameRulebook ? [] : ['the rulebook']),
    ...(inputs.sameEngine ? [] : ['the engine']),
    ...(inputs.sameConfigHash ? [] : ['configuration or gates']),
  ];
  if (inputs.sameLedger)
    return causes.length === 0
      ? 'the same in everything: data, law, engine, configuration, gates, and every order, fill and trade'
      : `${causes.join(', ')} differ, and not one order, fill or trade does`;
  if (causes.length > 0) return `the ledgers differ, and so do ${causes.join(', ')}`;
  return 'NOT EXPLAINED: the same data, law, engine, configuration and gates made two different ledgers; this is a defect of SOS';
}
