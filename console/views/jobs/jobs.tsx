import { useState } from 'preact/hooks';
import { type Looked, noArguments, placeOf, useLook } from '../../mcp/look.ts';
import type { Connection } from '../../mcp/session.ts';
import { Problem } from '../../problem.tsx';
import { timeText } from '../time.ts';
import { EndIt } from './end-it.tsx';
import { Job } from './job.tsx';
import { isRunning, type SeenJob } from './seen-job.ts';

interface Listed {
  readonly jobs: readonly SeenJob[];
  readonly more: boolean;
}

/** What its user started that outlives its call: live while one of it runs. */
export function Jobs({
  connections,
  chosen,
}: {
  readonly connections: readonly Connection[];
  chosen: string;
}) {
  const place = placeOf(connections, 'list_jobs');
  const changes = ({ jobs }: Listed) => jobs.some(isRunning);
  const { data, problem, again } = useLook<Listed>(place, noArguments, changes);
  const [trouble, setTrouble] = useState<string>();
  const cancelled = (answer: Looked<unknown>) => {
    setTrouble(answer.problem);
    again();
  };
  const found = data?.jobs.find(({ task_id }) => task_id === chosen);
  const titleOf = ({ tool }: SeenJob) => placeOf(connections, tool)?.tool.title ?? tool;
  return (
    <section aria-labelledby="jobs">
      <h2 id="jobs">My jobs</h2>
      {place === undefined && <p class="quiet">With these roles, or this sign-in, there are no jobs here.</p>}
      <Problem text={problem ?? trouble} />
      {data?.jobs.length === 0 && (
        <p class="quiet">None runs, and none of late has ended. Tools that take long start one.</p>
      )}
      <ul class="plain entries">
        {data?.jobs.map((job) => (
          <li key={job.task_id}>
            <a href={`#/jobs/${job.task_id}`} {...(job === found && { 'aria-current': 'true' as const })}>
              {titleOf(job)}
            </a>{' '}
            <span class="quiet">
              {timeText(job.started_at)}, {job.status}
            </span>{' '}
            {isRunning(job) && (
              <progress max={100} value={job.progress ?? 0} aria-label={`Progress: ${titleOf(job)}`} />
            )}
            <p class="said">{job.message}</p>
            {isRunning(job) && (
              <EndIt
                place={placeOf(connections, 'cancel_job')}
                args={{ task_id: job.task_id }}
                verb="Cancel"
                question="It ends here. Cancel it?"
                yes="Yes, cancel it"
                no="No, go on"
                onDone={cancelled}
              />
            )}
          </li>
        ))}
      </ul>
      {data?.more === true && <p class="quiet">There are older ones that are not shown.</p>}
      {place !== undefined && (
        <button type="button" onClick={again}>
          Look again
        </button>
      )}
      {found && <Job key={found.task_id} connections={connections} job={found} />}
    </section>
  );
}
