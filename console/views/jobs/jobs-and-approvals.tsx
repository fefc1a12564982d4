import type { Connection } from '../../mcp/session.ts';
import { Approvals } from './approvals.tsx';
import { Jobs } from './jobs.tsx';
import { Requests } from './requests.tsx';

interface JobsAndApprovalsProps {
  readonly connections: readonly Connection[];
  /** Id of the job that is looked at; none is empty. */
  readonly chosen: string;
}

/** What goes on for its user, what they asked for that waits, and what waits for their decision. */
export function JobsAndApprovals({ connections, chosen }: JobsAndApprovalsProps) {
  return (
    <>
      <h1>Jobs and approvals</h1>
      <Jobs connections={connections} chosen={chosen} />
      <Requests connections={connections} />
      <Approvals connections={connections} />
    </>
  );
}
