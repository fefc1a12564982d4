import { LazyCard } from '../../cards/lazy-card.tsx';
import { noArguments, placeOf, useLook } from '../../mcp/look.ts';
import type { Connection } from '../../mcp/session.ts';
import { Problem } from '../../problem.tsx';

/** What waits for its user's decision, by the card that decides; only for those who may. */
export function Approvals({ connections }: { readonly connections: readonly Connection[] }) {
  const place = placeOf(connections, 'list_approvals');
  const { result, problem } = useLook(place, noArguments);
  if (place === undefined) {
    return null;
  }
  return (
    <section aria-labelledby="approvals">
      <h2 id="approvals">What waits for my decision</h2>
      <Problem text={problem} />
      <LazyCard {...place} args={noArguments} result={result} />
    </section>
  );
}
