/**
 * Looks again and again while the page is visible.
 * @param everyMs from the start of one look to that of the next, in milliseconds; a slow answer makes it longer
 * @returns what ends it
 */
export function whileSeen(everyMs: number, look: () => Promise<void>): () => void {
  let isOver = false;
  let isLooking = false;
  const next = async () => {
    if (isOver || isLooking || document.hidden) {
      return;
    }
    isLooking = true;
    const pause = new Promise((resolve) => setTimeout(resolve, everyMs));
    await look();
    await pause;
    isLooking = false;
    void next();
  };
  const changed = () => void next();
  document.addEventListener('visibilitychange', changed);
  void next();
  return () => {
    isOver = true;
    document.removeEventListener('visibilitychange', changed);
  };
}
