import { type Answer, notEmulated } from './answers.ts';
import type { Engine } from './engine.ts';
import type { InstanceRecord } from './record.ts';
import { statusPayload } from './status-payload.ts';

/** Instances of one answer. */
const PAGE = 100;
/** The header that carries where the next page begins, in both directions. */
export const CONTINUATION_HEADER = 'x-ms-continuation-token';
const FILTERS = ['createdTimeFrom', 'createdTimeTo', 'runtimeStatus', 'instanceIdPrefix', 'top'];

/** `GET instances`: all of them, a page at a time. */
export async function listInstances(
  engine: Engine,
  query: URLSearchParams,
  continuation: string | undefined,
  showInput: boolean,
): Promise<Answer> {
  const filter = FILTERS.find((name) => query.has(name));
  if (filter !== undefined) {
    return notEmulated(`A list by ${filter}`);
  }
  const after = continuation && Buffer.from(continuation, 'base64url').toString();
  const entries = await engine.list({ after });
  const page = entries.slice(0, PAGE);
  const found = await Promise.all(page.map(({ instanceId }) => engine.read(instanceId)));
  const last = page.length < entries.length ? (page.at(-1)?.instanceId ?? '') : '';
  return {
    status: 200,
    // One may have been purged since it was listed.
    body: found
      .filter((record): record is InstanceRecord => record !== undefined)
      .map((record) => statusPayload(record, { showInput })),
    headers: { [CONTINUATION_HEADER]: Buffer.from(last).toString('base64url') },
  };
}
