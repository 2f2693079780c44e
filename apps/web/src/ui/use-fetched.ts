import { useEffect, useState } from 'preact/hooks';

/** A thing that is fetched: nothing yet, there, or failed with a message. */
export interface Fetched<T> {
  readonly value: T | null;
  readonly problem: string;
  /** What is shown is being fetched anew. */
  readonly isLoading: boolean;
}

/** Fetches when the key changes; keeps what was shown until the next arrives, and drops answers that are overtaken. */
export function useFetched<T>(key: string, fetcher: () => Promise<T>): Fetched<T> {
  const [state, setState] = useState<Fetched<T>>({ value: null, problem: '', isLoading: true });
  useEffect(() => {
    let isCurrent = true;
    setState((before) => ({ ...before, isLoading: true }));
    fetcher().then(
      (value) => isCurrent && setState({ value, problem: '', isLoading: false }),
      (error: Error) => isCurrent && setState({ value: null, problem: error.message, isLoading: false }),
    );
    return () => {
      isCurrent = false;
    };
  }, [key]);
  return state;
}
