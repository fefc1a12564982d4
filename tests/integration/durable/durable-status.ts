export interface Status {
  readonly name: string;
  readonly instanceId: string;
  readonly runtimeStatus: string;
  readonly input: unknown;
  readonly output: unknown;
  readonly customStatus: unknown;
  readonly createdTime: string;
  readonly lastUpdatedTime: string;
  readonly historyEvents?: readonly Readonly<Record<string, unknown>>[];
}

/** The addresses that a client gets when it starts an orchestration. */
export interface Links {
  readonly id: string;
  readonly statusQueryGetUri: string;
}

export function isFinished({ runtimeStatus }: Status): boolean {
  return ['Completed', 'Failed', 'Terminated'].includes(runtimeStatus);
}

export function hasCustomStatus(wanted: unknown): (status: Status) => boolean {
  return ({ customStatus }) => JSON.stringify(customStatus) === JSON.stringify(wanted);
}
