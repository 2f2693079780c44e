import type { GateCard, GateProblemView } from '@sos/contracts';
import { useEffect, useRef, useState } from 'preact/hooks';
import { checkGate } from '../server/api.js';

const PAUSE_MS = 350;

/** Checks a text on the server whenever typing pauses. */
function useCheck(text: string): { problems: readonly GateProblemView[] | null; failure: string } {
  const [problems, setProblems] = useState<readonly GateProblemView[] | null>(null);
  const [failure, setFailure] = useState('');
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      checkGate(text).then(
        (check) => {
          if (!isCurrent) return;
          setProblems(check.problems);
          setFailure('');
        },
        (error: Error) => isCurrent && setFailure(error.message),
      );
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [text]);
  return { problems, failure };
}

function offsetOf(text: string, { line, column }: GateProblemView): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, l) => sum + l.length + 1, 0) + column - 1;
}

/** Line numbers beside the text; a line with a defect is marked. */
function Gutter({ text, problems }: { readonly text: string; readonly problems: readonly GateProblemView[] }) {
  const marks = new Map(problems.map((p) => [p.line, p.severity]));
  return (
    <div class="gutter" aria-hidden="true">
      {text.split('\n').map((_, i) => (
        <div key={i} class={marks.get(i + 1) ?? ''}>
          {marks.has(i + 1) ? '▶' : ''}
          {i + 1}
        </div>
      ))}
    </div>
  );
}

function Problems({
  problems,
  go,
}: {
  readonly problems: readonly GateProblemView[];
  readonly go: (p: GateProblemView) => void;
}) {
  return (
    <ul class="problems" aria-label="Problems">
      {problems.map((p, i) => (
        <li key={i} class={p.severity}>
          <button type="button" onClick={() => go(p)}>
            {p.line}:{p.column}
          </button>{' '}
          <strong>{p.severity === 'error' ? '✕ error' : '⚠ warning'}</strong> <code>{p.path}</code> {p.message}{' '}
          <small>[{p.rule}]</small>
        </li>
      ))}
    </ul>
  );
}

/** The JSON of a gate, checked by the server while it is typed; what is written here is downloaded, the strategies folder is the researcher's own. */
export function GateEditor({ gate }: { readonly gate: GateCard }) {
  const [text, setText] = useState(gate.text);
  const area = useRef<HTMLTextAreaElement>(null);
  const { problems, failure } = useCheck(text);
  const errors = problems?.filter((p) => p.severity === 'error').length ?? 0;
  const go = (p: GateProblemView): void => {
    const at = offsetOf(text, p);
    area.current?.focus();
    area.current?.setSelectionRange(at, at + 1);
  };
  const download = (): void => {
    const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = gate.file.split('/').at(-1) ?? 'gate.json';
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <section aria-label="JSON of the gate">
      <h2>
        JSON{' '}
        <output class={errors > 0 ? 'down' : 'up'} data-errors={errors} data-checked={problems !== null}>
          {failure !== ''
            ? failure
            : problems === null
              ? 'checking …'
              : errors === 0
                ? '✓ valid'
                : `✕ ${errors} errors`}
        </output>{' '}
        <button type="button" onClick={download}>
          Download
        </button>{' '}
        <button type="button" onClick={() => setText(gate.text)} disabled={text === gate.text}>
          Undo all changes
        </button>
      </h2>
      {problems !== null && problems.length > 0 && <Problems problems={problems} go={go} />}
      <div class="editor">
        <Gutter text={text} problems={problems ?? []} />
        <textarea
          ref={area}
          spellcheck={false}
          wrap="off"
          aria-label={`JSON of ${gate.id}`}
          rows={text.split('\n').length + 1}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <p class="muted">
        Changes are checked, not stored: download the file and put it into <code>strategies/</code>, then{' '}
        <code>npm run sos -- gates validate</code>.
      </p>
    </section>
  );
}
