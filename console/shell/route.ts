import { useEffect, useState } from 'preact/hooks';

const views = ['me', 'tools', 'jobs', 'trail'];

/** The view that the address names after its hash, and what of it is looked at. */
export function useRoute(): readonly [string, string] {
  const [route, setRoute] = useState(routeNow);
  useEffect(() => {
    const changed = () => setRoute(routeNow());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return route;
}

function routeNow(): readonly [string, string] {
  const [, view = '', detail = ''] = location.hash.split('/');
  return [views.includes(view) ? view : 'me', detail];
}
