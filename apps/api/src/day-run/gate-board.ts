import type { GateState } from '@sos/contracts';
import type { DecisionRecord } from '@sos/domain';
import type { CompiledGate, CompiledGates, ExplainedCondition, ExplainedTest, GateSignalSource } from '@sos/gates';

const figure = (value: number): string =>
  Number.isNaN(value) ? 'unknown' : String(Number(value.toPrecision(Math.abs(value) >= 1000 ? 7 : 4)));

/** One comparison in words: value, what it needs, and by how much it falls short. */
export function testText({ left, operator, right, value, threshold, distance }: ExplainedTest): string {
  if (operator === 'is') return `${left} is ${Number.isNaN(value) ? 'unknown' : value === 1 ? 'true' : 'false'}`;
  if (operator === 'in') return `${left} must be in ${right}`;
  const missing = Number.isNaN(distance) || distance >= 0 ? '' : `, ${figure(-distance)} short`;
  return `${left} = ${figure(value)}, needs ${operator} ${figure(threshold)}${missing}`;
}

function blockingOf(conditions: readonly ExplainedCondition[]): { text: string | null; detail: string } {
  const blocking = conditions.find((c) => c.passes !== true);
  if (blocking === undefined) return { text: null, detail: '' };
  const test = blocking.tests.find((t) => t.passes !== true);
  return { text: blocking.text, detail: test === undefined ? '' : testText(test) };
}

/** Where every gate stands: what the signal source explains, and for how long each has been in its phase. */
export class GateBoard {
  readonly #signals: GateSignalSource;
  readonly #compiled: ReadonlyMap<string, CompiledGate>;
  /** Bar at which each gate entered its phase. */
  readonly #since = new Map<string, number>();

  constructor(gates: CompiledGates, signals: GateSignalSource) {
    this.#signals = signals;
    this.#compiled = new Map(gates.gates.map((g) => [g.profile.id, g]));
  }

  /** Takes note of the decisions that were made with bar number `bar`. */
  note(decisions: readonly DecisionRecord[], bar: number): void {
    for (const { gate, kind } of decisions) if (kind === 'advanced' || kind === 'reset') this.#since.set(gate, bar);
  }

  /** @param busy per gate: 1 while it has an intent or a position */
  states(busy: Uint8Array, bar: number): GateState[] {
    return this.#signals.gates.map(({ id, bias }, i) => {
      const said = this.#signals.explain(i);
      const phases = this.#compiled.get(id)?.phases ?? [];
      const phaseIndex = phases.findIndex((p) => p.id === said.phase);
      const limit = phases[phaseIndex]?.timeoutBars ?? 0;
      const { text, detail } = blockingOf(said.conditions);
      const barred = said.regimeAllows ? null : `regime ${said.regime} is not allowed`;
      return {
        id,
        bias,
        phase: said.phase,
        phaseIndex: Math.max(0, phaseIndex),
        phases: phases.map((p) => p.id),
        barsLeft: limit === 0 ? null : Math.max(0, limit - (bar - (this.#since.get(id) ?? bar))),
        inPosition: busy[i] === 1,
        regimeAllows: said.regimeAllows,
        passed: said.conditions.filter((c) => c.passes === true).length,
        total: said.conditions.length,
        blocking: barred ?? text,
        detail: barred === null ? detail : '',
      };
    });
  }
}
