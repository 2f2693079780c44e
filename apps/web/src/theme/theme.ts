import { useEffect, useState } from 'preact/hooks';

/** Dark or light. */
export type Theme = 'dark' | 'light';

const KEY = 'sos-theme';
const listeners = new Set<(theme: Theme) => void>();

function remembered(): Theme {
  const kept = localStorage.getItem(KEY);
  if (kept === 'dark' || kept === 'light') return kept;
  return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}

let present: Theme = remembered();

function show(): void {
  document.documentElement.dataset['theme'] = present;
}

/** Puts the remembered theme on the page, or what the system prefers. */
export function startTheme(): void {
  show();
}

/** The other theme from now on, remembered in this browser. */
export function toggleTheme(): void {
  present = present === 'dark' ? 'light' : 'dark';
  localStorage.setItem(KEY, present);
  show();
  for (const listener of listeners) listener(present);
}

/** The present theme, followed. */
export function useTheme(): Theme {
  const [theme, setTheme] = useState(present);
  useEffect(() => {
    listeners.add(setTheme);
    return () => void listeners.delete(setTheme);
  }, []);
  return theme;
}
