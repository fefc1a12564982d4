/** What the load generator is told to do. */
export interface LoadJob {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly connections: number;
  readonly seconds: number;
}

/** What it saw; latencies in milliseconds. */
export interface Load {
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly answered: number;
  /** What went wrong and how often; nothing when all was well. */
  readonly failures: Readonly<Record<string, number>>;
}
