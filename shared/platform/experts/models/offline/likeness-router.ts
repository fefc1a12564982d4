import type { Route, Router } from '../../team/router.ts';
import { indexOf, type OfflinePlans, withoutNumbers } from './offline-model.ts';
import { understand } from './understanding.ts';

/** Finds the expert by the labelled question that a question is most like, as the planner does. */
export function likenessRouter(plans: OfflinePlans): Router {
  const { capabilities, bare = withoutNumbers } = plans;
  return {
    async route(question, experts) {
      const index = indexOf(plans);
      const reading = { index, capabilities, bare, domain: '' };
      const transcript = { question, earlier: [], outcomeOf: () => undefined, resumed: [] };
      const known = new Set(experts.map(({ domain }) => domain));
      for (const { name = '', text } of understand(transcript, reading)) {
        const route = toRoute(capabilities[name]?.domains.filter((domain) => known.has(domain)) ?? []);
        if (route !== undefined) {
          const example = index.closestExample(name, bare(text));
          return { ...route, why: `The question is like “${example ?? name}”.` };
        }
      }
      const all = toRoute(experts.map(({ domain }) => domain));
      if (all === undefined) {
        throw new RangeError('There is no expert.');
      }
      return { ...all, why: 'The question is like none that an expert is known to answer.' };
    },
  };
}

function toRoute([first, ...others]: readonly string[]): Pick<Route, 'domains'> | undefined {
  return first === undefined ? undefined : { domains: [first, ...others] };
}
