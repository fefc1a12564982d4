/** A job as `list_jobs` has it. */
export interface SeenJob {
  readonly task_id: string;
  readonly tool: string;
  readonly status: string;
  readonly message: string;
  readonly progress?: number;
  readonly started_at: string;
}

export const isRunning = ({ status }: SeenJob) => status === 'working';
