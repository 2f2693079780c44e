import { useEffect, useRef } from 'preact/hooks';

const SHORTCUTS: readonly (readonly [string, string])[] = [
  ['?', 'this list'],
  ['1 … 7', 'Live, Replay, Backtests, Chain, Gates, Data, Health'],
  ['t', 'dark or light'],
  ['Space', 'play or pause the replay'],
  ['→ ←', 'one minute on, one minute back'],
  ['Shift → ←', 'fifteen minutes on or back'],
  ['Home End', 'first and last minute of the day'],
  ['n', 'on to the next signal'],
  ['+ −', 'faster, slower'],
  ['Esc', 'close this list'],
];

/** The list of shortcuts, as a dialog. */
export function ShortcutOverlay({ isOpen, close }: { readonly isOpen: boolean; readonly close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="shortcuts-title">
      <h2 id="shortcuts-title">Keyboard</h2>
      <dl class="shortcuts">
        {SHORTCUTS.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={close}>
        Close
      </button>
    </dialog>
  );
}

/** Calls back for keys that are not typed into a field. */
export function useKeys(handle: (event: KeyboardEvent) => void): void {
  const latest = useRef(handle);
  latest.current = handle;
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const at = event.target;
      const isTyping =
        at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement;
      const isPressing = at instanceof HTMLButtonElement && event.key === ' ';
      if (isTyping || isPressing || event.ctrlKey || event.metaKey || event.altKey) return;
      latest.current(event);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
