import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { Answer } from './pipeline/answer.ts';

/** Endings for which what was asked is to blame. */
const asked = new Set(['not_found', 'invalid_input', 'refused']);

/**
 * What an operation that is no call of a tool came to.
 * @throws ProtocolError -32602 for what was wrong with the request (MCP, resources and prompts, error handling), -32603
 * for our failures
 */
export function found<Result>(answer: Answer<Result>): Result {
  switch (answer.kind) {
    case 'done':
      return answer.result;
    case 'failed': {
      const code = asked.has(answer.code) ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError;
      throw new ProtocolError(code, answer.sentence);
    }
    case 'asks':
      throw new ProtocolError(ProtocolErrorCode.InternalError, 'Internal error.');
  }
}
