import type { Logger } from '#platform/telemetry/log';
import { failureOf } from '#platform/telemetry/spans';

/** Something without which no call can be answered. */
export interface Dependency {
  /** To begin a sentence with. */
  readonly name: string;
  /** Resolves when it answers. */
  check(): Promise<void>;
}

/** Whether the process can do its work: 200, or 503 with the first thing that is missing. */
export async function readiness(dependencies: readonly Dependency[], logger: Logger): Promise<Response> {
  const missing = await Promise.all(
    dependencies.map(async ({ name, check }) => {
      try {
        await check();
        return [];
      } catch (error) {
        const reason = `${name} does not answer.`;
        logger.log('warn', 'not ready', { reason, error: failureOf(error) });
        return [reason];
      }
    }),
  );
  const [reason] = missing.flat();
  return reason === undefined
    ? Response.json({ status: 'ready' })
    : Response.json({ status: 'unavailable', reason }, { status: 503 });
}
