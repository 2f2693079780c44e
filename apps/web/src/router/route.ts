import { useEffect, useState } from 'preact/hooks';

/** Where the reader is: every page, day and minute has an address. */
export interface Route {
  readonly path: string;
  readonly query: URLSearchParams;
}

const read = (): Route => ({ path: location.pathname, query: new URLSearchParams(location.search) });

/** Goes to an address of the dashboard without loading it anew. */
export function navigate(to: string): void {
  if (to === location.pathname + location.search) return;
  history.pushState(null, '', to);
  dispatchEvent(new PopStateEvent('popstate'));
  scrollTo(0, 0);
}

/** Changes what is said after the `?` of this page's address, without a step in the browser's history. */
export function setQuery(query: URLSearchParams): void {
  history.replaceState(null, '', `${location.pathname}?${query.toString()}`);
}

/** The present route, followed; plain clicks on links of this origin stay inside the page. */
export function useRoute(): Route {
  const [route, setRoute] = useState(read);
  useEffect(() => {
    const follow = (): void => setRoute(read());
    const click = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
      if (
        link === null ||
        !isPlain ||
        link.origin !== location.origin ||
        link.target !== '' ||
        link.hasAttribute('download')
      )
        return;
      event.preventDefault();
      navigate(link.pathname + link.search);
    };
    addEventListener('popstate', follow);
    addEventListener('click', click);
    return () => {
      removeEventListener('popstate', follow);
      removeEventListener('click', click);
    };
  }, []);
  return route;
}
