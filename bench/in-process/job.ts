/** What the process of a subject is told to do: the same request again and again. */
export interface Job {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Ends after so many milliseconds of CPU time, or after so many requests. */
  readonly until: { readonly cpuMilliseconds: number } | { readonly requests: number };
  /** Waits until what the requests left to be done later is done, too. */
  readonly settles: boolean;
  /** Has V8 look at what runs, which makes it slower. */
  readonly profiled: boolean;
}

/** What it took. */
export interface Window {
  readonly requests: number;
  /** Microseconds of CPU time of the whole process, until all that the requests set going was done. */
  readonly cpu: number;
  /** Microseconds on the clock, until the last request was answered. */
  readonly wall: number;
  /** Bytes that were allocated; meaningless when garbage was collected meanwhile. */
  readonly allocated: number;
  readonly collections: number;
  /** The last answer. */
  readonly answer: string;
  /** Of what ran, when the job asked for it. */
  readonly profile?: Profile | undefined;
}

/** What V8 saw: a part of the Chrome DevTools Protocol's `Profiler.Profile`. */
export interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  /** The node that ran, at each look. */
  readonly samples?: readonly number[] | undefined;
  /** Microseconds since the look before. */
  readonly timeDeltas?: readonly number[] | undefined;
}
