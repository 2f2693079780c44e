import type { BacktestForm as Form, JobView, ServerMessage } from '@sos/contracts';
import { UNDERLYINGS, type Underlying } from '@sos/domain';
import { useEffect, useState } from 'preact/hooks';
import { navigate } from '../router/route.js';
import { fetchGates, fetchJob, startBacktest } from '../server/api.js';
import { Stream } from '../server/stream.js';
import { useFetched } from '../ui/use-fetched.js';

const FIRST: Form = {
  symbols: ['NIFTY'],
  from: '2026-01-12',
  to: '2026-01-16',
  gates: [],
  source: 'auto',
  capitalRupees: 500_000,
  seed: 1,
};
const POLL_MS = 2_000;

/** Follows one job: the socket tells progress, a question now and then covers what a lost connection missed. */
function useJob(): { job: JobView | null; begin: (form: Form) => void; problem: string } {
  const [job, setJob] = useState<JobView | null>(null);
  const [problem, setProblem] = useState('');
  const jobId = job?.jobId;
  const isRunning = job?.state === 'running';
  useEffect(() => {
    if (jobId === undefined || !isRunning) return undefined;
    const onMessage = (message: ServerMessage): void => {
      if (message.type === 'job' && message.job.jobId === jobId) setJob(message.job);
    };
    const nothing = (): void => undefined;
    const stream = new Stream({ onMessage, onConnection: nothing, onProblem: setProblem, onFresh: nothing });
    const poll = setInterval(() => fetchJob(jobId).then(setJob, (error: Error) => setProblem(error.message)), POLL_MS);
    return () => {
      clearInterval(poll);
      stream.close();
    };
  }, [jobId, isRunning]);
  useEffect(() => {
    if (job?.state === 'done' && job.runId !== null) navigate(`/runs/${job.runId}`);
  }, [job]);
  const begin = (form: Form): void => {
    setProblem('');
    startBacktest(form).then(setJob, (error: Error) => setProblem(error.message));
  };
  return { job, begin, problem: job?.state === 'failed' ? (job.message ?? '') : problem };
}

function Progress({ job }: { readonly job: JobView }) {
  const { sessionsDone, sessionsTotal, date, trades } = job;
  return (
    <div class="progress" role="status">
      <progress value={sessionsDone} max={Math.max(1, sessionsTotal)} aria-label="Sessions done" />{' '}
      {sessionsTotal === 0
        ? 'preparing …'
        : `${sessionsDone} of ${sessionsTotal} sessions, ${date ?? ''}, ${trades} trades`}
    </div>
  );
}

interface FieldsProps {
  readonly form: Form;
  readonly change: (part: Partial<Form>) => void;
}

function WhatFields({ form, change }: FieldsProps) {
  const gates = useFetched('gates', fetchGates);
  const pick = (select: HTMLSelectElement): string[] =>
    [...select.selectedOptions].map((o) => o.value).filter((v) => v !== '');
  return (
    <>
      <label>
        Underlyings
        <select multiple size={3} onChange={(event) => change({ symbols: pick(event.currentTarget) as Underlying[] })}>
          {UNDERLYINGS.map((u) => (
            <option key={u} value={u} selected={form.symbols.includes(u)}>
              {u}
            </option>
          ))}
        </select>
      </label>
      <label>
        Gates (none chosen: the 18)
        <select multiple size={3} onChange={(event) => change({ gates: pick(event.currentTarget) })}>
          {gates.value?.map((g) => (
            <option key={g.id} value={g.id}>
              {g.id}
              {g.isExtra ? ' (extra)' : ''}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

function RangeFields({ form, change }: FieldsProps) {
  return (
    <>
      <label>
        From
        <input
          type="date"
          required
          value={form.from}
          onInput={(event) => change({ from: event.currentTarget.value })}
        />
      </label>
      <label>
        To
        <input type="date" required value={form.to} onInput={(event) => change({ to: event.currentTarget.value })} />
      </label>
      <label>
        Prices
        <select
          value={form.source}
          onChange={(event) => change({ source: event.currentTarget.value as Form['source'] })}
        >
          <option value="auto">imported, else simulated</option>
          <option value="imported">imported</option>
          <option value="simulated">simulated</option>
        </select>
      </label>
      <label>
        Seed of the simulated market
        <input
          type="number"
          min={0}
          step={1}
          value={form.seed}
          onInput={(event) => change({ seed: event.currentTarget.valueAsNumber })}
        />
      </label>
      <label>
        Capital ₹
        <input
          type="number"
          min={1000}
          step={1000}
          value={form.capitalRupees}
          onInput={(event) => change({ capitalRupees: event.currentTarget.valueAsNumber })}
        />
      </label>
    </>
  );
}

/** Runs a backtest in a process of its own and follows it; a finished one opens. */
export function BacktestForm() {
  const [form, setForm] = useState(FIRST);
  const { job, begin, problem } = useJob();
  const isRunning = job?.state === 'running';
  const change = (part: Partial<Form>): void => setForm((before) => ({ ...before, ...part }));
  return (
    <form
      class="card"
      aria-label="Run a backtest"
      onSubmit={(event) => {
        event.preventDefault();
        begin(form);
      }}
    >
      <WhatFields form={form} change={change} />
      <RangeFields form={form} change={change} />
      <button type="submit" class="primary" disabled={isRunning}>
        {isRunning ? 'Running …' : 'Run backtest'}
      </button>
      {isRunning && job !== null && <Progress job={job} />}
      {problem !== '' && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
