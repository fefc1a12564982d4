/** Something that is done again and again for many: one timer, which runs as long as there is somebody. */
export interface Beats {
  /** @returns what ends it for this one */
  add(beat: () => void): () => void;
}

const byInterval = new Map<number, Beats>();

/** The beats of an interval in milliseconds, the same for all of the process. The first one comes within the interval. */
export function beats(everyMs: number): Beats {
  const known = byInterval.get(everyMs) ?? newBeats(everyMs);
  byInterval.set(everyMs, known);
  return known;
}

function newBeats(everyMs: number): Beats {
  const all = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  const beatAll = () => {
    for (const beat of all) {
      beat();
    }
  };
  return {
    add(beat) {
      all.add(beat);
      timer ??= setInterval(beatAll, everyMs).unref();
      return () => {
        all.delete(beat);
        if (all.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
      };
    },
  };
}
