import { useEffect, useState } from 'preact/hooks';
import { ReplayPage } from './pages/replay-page.js';
import { RunPage } from './pages/run-page.js';
import { RunsPage } from './pages/runs-page.js';

function page(hash: string) {
  if (hash.startsWith('#/run/')) return <RunPage runId={decodeURIComponent(hash.slice('#/run/'.length))} />;
  if (hash === '#/replay') return <ReplayPage />;
  return <RunsPage />;
}

/** The dashboard's frame; pages are chosen by the hash, so that every page has an address. */
export function App() {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = (): void => setHash(location.hash);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return (
    <>
      <header>
        <h1>SOS</h1>
        <nav>
          <a href="#/">Backtests</a> <a href="#/replay">Replay</a>
        </nav>
      </header>
      <main>{page(hash)}</main>
    </>
  );
}
