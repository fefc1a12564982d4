import type { InstanceRecord } from './record.ts';

/** How an instance ended, as the extension writes it to the log. */
export function ending({ name, status, output }: Readonly<InstanceRecord>): string {
  const what = `Function '${name} (Orchestrator)'`;
  if (status === 'Completed') {
    return `${what} completed. State: Completed.`;
  }
  if (status === 'Terminated') {
    return `${what} was terminated. Reason: ${output ?? ''}. State: Terminated.`;
  }
  return `${what} failed with an error. Reason: ${output ?? ''}. State: Failed.`;
}
