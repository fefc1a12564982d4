import { useEffect, useRef, useState } from 'preact/hooks';
import { look, placeOf } from '../../mcp/look.ts';
import type { Connection } from '../../mcp/session.ts';
import { Problem } from '../../problem.tsx';
import { type Entry, EntryLine } from './entry-line.tsx';
import { Filter, type Wanted } from './filter.tsx';

interface Page {
  readonly entries: readonly Entry[];
  readonly next_cursor?: string;
}

interface Seen extends Page {
  readonly problem?: string;
  readonly isLooking: boolean;
}

/** The trail of the organisation as a time line, the newest first. */
export function Trail({ connections }: { readonly connections: readonly Connection[] }) {
  const place = placeOf(connections, 'read_trail');
  const [wanted, setWanted] = useState<Wanted>({});
  const [seen, setSeen] = useState<Seen>({ entries: [], isLooking: true });
  const last = useRef(0);

  const read = async (before: readonly Entry[], cursor?: string) => {
    if (place === undefined) {
      return;
    }
    last.current += 1;
    const own = last.current;
    setSeen({ entries: before, isLooking: true });
    const { data, problem } = await look<Page>(place, { ...wanted, ...(cursor !== undefined && { cursor }) });
    // a slow answer to what is not wanted any more
    if (own !== last.current) {
      return;
    }
    setSeen({
      entries: [...before, ...(data?.entries ?? [])],
      isLooking: false,
      ...(data?.next_cursor !== undefined && { next_cursor: data.next_cursor }),
      ...(problem !== undefined && { problem }),
    });
  };
  useEffect(() => void read([]), [place?.tool, wanted]);

  if (place === undefined) {
    return <p class="quiet">With these roles there is no trail to read.</p>;
  }
  const { entries, next_cursor: next, problem, isLooking } = seen;
  return (
    <>
      <h1>Trail</h1>
      <Filter wanted={wanted} onWant={setWanted} />
      <Problem text={problem} />
      <ol class="plain entries" aria-label="Entries, the newest first">
        {entries.map((entry) => (
          <EntryLine
            key={`${entry.at} ${entry.joins} ${entry.tool} ${entry.by}`}
            entry={entry}
            onUser={(user) => setWanted({ ...wanted, user })}
          />
        ))}
      </ol>
      {isLooking && <p role="status">Reading…</p>}
      {!isLooking && next === undefined && problem === undefined && (
        <p role="status" class="quiet">
          {entries.length === 0 ? 'There are no such entries.' : 'There are no older ones.'}
        </p>
      )}
      {!isLooking && next !== undefined && (
        <button type="button" onClick={() => void read(entries, next)}>
          Older
        </button>
      )}
    </>
  );
}
