import { type CallToolResult, SdkHttpError } from '@modelcontextprotocol/client';

/** Something that its user may not do. */
export class Refusal extends Error {}

/** Why there is no answer: in the service's own words, where it said them in a JSON-RPC error. */
export function whyOf(error: unknown): string {
  const { message } = error as Error;
  if (!(error instanceof SdkHttpError)) {
    return message;
  }
  try {
    const said = JSON.parse(String(error.data.text)) as { readonly error?: { readonly message?: string } };
    return said.error?.message ?? message;
  } catch {
    return message;
  }
}

/** A call that came to no answer, as one that was answered with an error: cards tell what was refused from what failed. */
export function failedWith(error: unknown): CallToolResult {
  const isRefused = error instanceof Refusal || (error instanceof SdkHttpError && error.status === 403);
  return {
    isError: true,
    content: [{ type: 'text', text: whyOf(error) }],
    ...(isRefused && { _meta: { failure: 'refused' } }),
  };
}
