import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Loading, Problem } from '../ui/states.js';

/** A page whose code is fetched when it is first opened. */
export function lazyPage<P extends object>(name: string, load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let known: ComponentType<P> | null = null;
  return function LazyPage(props: P) {
    const [problem, setProblem] = useState('');
    const [, setLoaded] = useState(known !== null);
    useEffect(() => {
      if (known !== null) return;
      load().then(
        (page) => {
          known = page;
          setLoaded(true);
        },
        () => setProblem(`The page "${name}" could not be fetched: is the server running? Reload the page.`),
      );
    }, []);
    if (problem !== '') return <Problem message={problem} />;
    if (known === null) return <Loading what={name} />;
    const Page = known;
    return <Page {...props} />;
  };
}
