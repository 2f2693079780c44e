import { Component, type ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { LivePage } from './pages/live-page.js';
import { lazyPage } from './router/lazy-page.js';
import { navigate, useRoute, type Route } from './router/route.js';
import { toggleTheme, useTheme } from './theme/theme.js';
import { ShortcutOverlay, useKeys } from './ui/shortcuts.js';
import { Problem } from './ui/states.js';

type WithQuery = { readonly query: URLSearchParams };

const ReplayPage = lazyPage<WithQuery>('Replay', async () => (await import('./pages/replay-page.js')).ReplayPage);
const RunsPage = lazyPage('Backtests', async () => (await import('./pages/runs-page.js')).RunsPage);
const RunPage = lazyPage<{ readonly runId: string }>('Run', async () => (await import('./pages/run-page.js')).RunPage);
const ComparePage = lazyPage<WithQuery>('Compare', async () => (await import('./pages/compare-page.js')).ComparePage);
const ChainPage = lazyPage<WithQuery>('Chain', async () => (await import('./pages/chain-page.js')).ChainPage);
const GatesPage = lazyPage<{ readonly id: string }>(
  'Gates',
  async () => (await import('./pages/gates-page.js')).GatesPage,
);
const DataPage = lazyPage('Data', async () => (await import('./pages/data-page.js')).DataPage);
const HealthPage = lazyPage('Health', async () => (await import('./pages/health-page.js')).HealthPage);

const PAGES = [
  ['/', 'Live'],
  ['/replay', 'Replay'],
  ['/runs', 'Backtests'],
  ['/chain', 'Chain'],
  ['/gates', 'Gates'],
  ['/data', 'Data'],
  ['/health', 'Health'],
] as const;

function Page({ route }: { readonly route: Route }) {
  const { path, query } = route;
  const [, first = '', rest = ''] = path.split('/');
  const key = `${path}?${query.get('symbol') ?? ''}`;
  switch (`/${first}`) {
    case '/':
      return <LivePage key={key} query={query} />;
    case '/replay':
      return <ReplayPage query={query} />;
    case '/runs':
      return rest === '' ? <RunsPage /> : <RunPage runId={decodeURIComponent(rest)} />;
    case '/compare':
      return <ComparePage query={query} />;
    case '/chain':
      return <ChainPage query={query} />;
    case '/gates':
      return <GatesPage id={decodeURIComponent(rest)} />;
    case '/data':
      return <DataPage />;
    case '/health':
      return <HealthPage />;
    default:
      return (
        <Problem message={`There is no page at ${path}.`}>
          <p>
            <a href="/">Back to Live</a>
          </p>
        </Problem>
      );
  }
}

/** Shows what went wrong instead of an empty page. */
class Boundary extends Component<{ readonly children: ComponentChildren }, { readonly problem: string }> {
  override state = { problem: '' };

  static override getDerivedStateFromError(error: unknown): { problem: string } {
    return { problem: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    if (this.state.problem === '') return this.props.children;
    return <Problem message={`This page failed: ${this.state.problem}. Reload it; the server is not touched.`} />;
  }
}

function Header({ path, onHelp }: { readonly path: string; readonly onHelp: () => void }) {
  const theme = useTheme();
  const isHere = (to: string): boolean => (to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`));
  return (
    <header>
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <strong class="brand">SOS</strong>
      <nav aria-label="Pages">
        {PAGES.map(([to, name]) => (
          <a key={to} href={to} aria-current={isHere(to) ? 'page' : undefined}>
            {name}
          </a>
        ))}
      </nav>
      <span class="spring" />
      <button type="button" onClick={toggleTheme} aria-label={`Theme: ${theme}; switch`}>
        {theme === 'dark' ? '☾ dark' : '☀ light'}
      </button>
      <button type="button" onClick={onHelp} aria-label="Keyboard shortcuts">
        ?
      </button>
    </header>
  );
}

/** The dashboard's frame; every page has an address. */
export function App() {
  const route = useRoute();
  const [isHelp, setHelp] = useState(false);
  useKeys((event) => {
    const page = PAGES[Number(event.key) - 1];
    if (event.key === '?') setHelp((before) => !before);
    else if (event.key === 't') toggleTheme();
    else if (page !== undefined) navigate(page[0]);
  });
  return (
    <>
      <Header path={route.path} onHelp={() => setHelp(true)} />
      <main id="main" tabIndex={-1}>
        <Boundary key={route.path}>
          <Page route={route} />
        </Boundary>
      </main>
      <footer>
        All times IST. Charts drawn with <a href="https://www.tradingview.com/">TradingView</a> Lightweight Charts™.
        Press <kbd>?</kbd> for the keyboard.
      </footer>
      <ShortcutOverlay isOpen={isHelp} close={() => setHelp(false)} />
    </>
  );
}
