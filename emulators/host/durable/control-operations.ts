import { messageOf } from '../../lib/errors.ts';
import { ACCEPTED, type Answer, InvalidOperationError, NOT_FOUND } from './answers.ts';
import type { Engine } from './engine.ts';
import { type InstanceRecord, runtimeStatusOf } from './record.ts';

/** What a client says to an instance, apart from which one. */
export interface Said {
  /** In lower case: the last part of the path, or the part before the event's name. */
  readonly operation: string;
  readonly eventName: string | undefined;
  readonly reason: string | null;
  readonly body: string;
  /** Without parameters, in lower case. */
  readonly contentType: string;
}

/** Events, terminate, suspend and resume, for an instance that has not ended. @throws InvalidOperationError */
export async function tell(engine: Engine, record: Readonly<InstanceRecord>, said: Said): Promise<Answer> {
  const { operation, eventName, reason } = said;
  switch (operation) {
    case 'raiseevent':
      return eventName ? await raise(engine, record, eventName, said) : NOT_FOUND;
    case 'suspend':
    case 'resume':
      if (record.suspended === (operation === 'suspend')) {
        throw new InvalidOperationError(
          `Cannot ${operation} the orchestration instance ${record.instanceId} because instance is in the ${runtimeStatusOf(record)} state.`,
        );
      }
      await engine.send(record, { kind: operation, reason });
      return ACCEPTED;
    case 'terminate':
      await engine.send(record, { kind: operation, reason });
      return ACCEPTED;
    default:
      return NOT_FOUND;
  }
}

async function raise(
  engine: Engine,
  record: Readonly<InstanceRecord>,
  name: string,
  { contentType, body }: Said,
): Promise<Answer> {
  if (contentType !== 'application/json') {
    return { status: 400, body: { Message: 'Only application/json request content is supported' } };
  }
  const input = normalized(body);
  if ('problem' in input) {
    return input.problem;
  }
  await engine.send(record, { kind: 'event', name, input: input.json });
  return ACCEPTED;
}

/** The same JSON without white space, or the answer to what is none. */
export function normalized(body: string): { readonly json: string } | { readonly problem: Answer } {
  try {
    return { json: JSON.stringify(JSON.parse(body)) };
  } catch (error) {
    const details = { Message: 'Invalid JSON content', ExceptionMessage: messageOf(error) };
    return { problem: { status: 400, body: details } };
  }
}
