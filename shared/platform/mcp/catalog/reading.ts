import * as z from 'zod';
import type { Guarded, Offer } from '../../access/offer.ts';
import type { ToolCall } from '../definitions/tool.ts';
import type { Operation } from '../pipeline/operation.ts';

const noInput = z.object({});

/** Something of a resource that is read. @param name as the audit trail has it */
export function reading<Result>(
  offer: Offer<Guarded>,
  title: string,
  name: string,
  read: (call: ToolCall) => Promise<Result>,
): Operation<Result> {
  return {
    kind: 'resource',
    name,
    title,
    offer,
    input: noInput,
    effects: 'reads',
    run: (_none, call) => read(call),
  };
}
