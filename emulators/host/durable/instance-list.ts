import { type Answer, notEmulated } from './answers.ts';
import type { Engine } from './engine.ts';
import { statusPayload } from './status-payload.ts';

const FILTERS = ['createdTimeFrom', 'createdTimeTo', 'runtimeStatus', 'instanceIdPrefix', 'top'];

/** `GET instances`: all of them in one answer, without a token for more. */
export async function listInstances(
  engine: Engine,
  query: URLSearchParams,
  showInput: boolean,
): Promise<Answer> {
  const filter = FILTERS.find((name) => query.has(name));
  if (filter !== undefined) {
    return notEmulated(`A list by ${filter}`);
  }
  const records = await engine.list();
  return { status: 200, body: records.map((record) => statusPayload(record, { showInput })) };
}
