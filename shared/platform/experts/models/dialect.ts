import type { ModelFault } from './faults.ts';

/**
 * What a server knows of the protocol, as far as servers differ in it. We begin with all of it, and leave out what the
 * server refuses; each thing once, so that it ends.
 */
export interface Dialect {
  /** Name of the limit of a turn: `max_tokens` for older versions of Azure and for Mistral. */
  readonly limit: 'max_completion_tokens' | 'max_tokens';
  /** Whether `tool_choice: "none"` can forbid the tools. */
  readonly forbidsTools: boolean;
  /** Whether an answer can be held to a JSON Schema. */
  readonly structured: boolean;
  /** Whether a person may speak right after a tool: Mistral wants the assistant in between. */
  readonly userAfterTool: boolean;
  /** Whether thoughts go back, encrypted; Responses API only. Models that do not reason refuse to be asked for them. */
  readonly encryptedReasoning: boolean;
}

/** Status codes under which servers refuse a member of a request. */
const refusing: readonly (number | undefined)[] = [400, 422, 500, 501];

/**
 * The dialect without what a server has refused; undefined when the refusal is about nothing that we can leave out.
 */
export function withoutRefused(dialect: Dialect, { status, details }: ModelFault): Dialect | undefined {
  if (!refusing.includes(status)) {
    return undefined;
  }
  const { parameters = [], complaint } = details;
  const names = (...refused: string[]) => refused.some((name) => parameters.includes(name));
  if (complaint === 'order' && dialect.userAfterTool) {
    return { ...dialect, userAfterTool: false };
  }
  if (complaint === 'value') {
    return undefined;
  }
  if (names('max_completion_tokens') && dialect.limit === 'max_completion_tokens') {
    return { ...dialect, limit: 'max_tokens' };
  }
  if (names('tool_choice') && dialect.forbidsTools) {
    return { ...dialect, forbidsTools: false };
  }
  if (names('response_format', 'json_schema', 'text.format') && dialect.structured) {
    return { ...dialect, structured: false };
  }
  if (names('reasoning.encrypted_content') && dialect.encryptedReasoning) {
    return { ...dialect, encryptedReasoning: false };
  }
  return undefined;
}
