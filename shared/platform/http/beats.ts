/** Something that is done again and again for many: one timer, which runs as long as there is somebody. */
export interface Beats {
  /** @returns what ends it for this one */
  add(beat: () => void): () => void;
}

/** @param everyMs milliseconds between two beats; the first one comes within them */
export function openBeats(everyMs: number): Beats {
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
