import type { CallToolResult } from '@modelcontextprotocol/server';
import { type FailureForm, failure, failureMeta } from './tool-answer.ts';

/**
 * What a call came to that is told later: when its task is asked for, or by whoever shows its user what became of it. It says as
 * much as the answer of a call that is answered at once.
 */
export interface KeptResult {
  readonly result: CallToolResult;
  /** Of the failure, where the result is one; unknown of those that were kept by earlier versions. */
  readonly code?: string | undefined;
}

export function keptFailure(code: string, sentence: string): KeptResult {
  return { result: failure(sentence), code };
}

/** As it is stored, in one piece. */
export function toStored({ result, code }: KeptResult): CallToolResult {
  return code === undefined ? result : { ...result, _meta: { ...result._meta, [failureMeta]: code } };
}

export function fromStored({ _meta, ...rest }: CallToolResult): KeptResult {
  const { [failureMeta]: code, ...meta } = _meta ?? {};
  const result = { ...rest, ...(Object.keys(meta).length > 0 && { _meta: meta }) };
  return typeof code === 'string' ? { result, code } : { result };
}

/** As a client is told it: with its code where it shows pages, which tell what was refused from what failed. */
export function told(kept: KeptResult, { tellsCodes }: FailureForm): CallToolResult {
  return tellsCodes ? toStored(kept) : kept.result;
}
