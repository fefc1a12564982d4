/** The time of day, for whoever is not handed a clock: the composition, which hands it to everybody else. */
export const systemTime = (): Date => new Date();

/** Milliseconds of a clock that never jumps; only differences mean anything. For durations, never for a date. */
export const monotonicNow = (): number => performance.now();
