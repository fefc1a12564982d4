/** Characters of a token, more or less; exact counts make no difference to what is compared. */
const charactersPerToken = 4;
/** Prompts below are not kept, and those that are kept are compared in steps (OpenAI, "Prompt caching"). */
const leastTokens = 1_024;
const stepTokens = 128;

/** What a service has read before: the longest beginning that a prompt shares with an earlier one is not read again. */
export class PromptCache {
  readonly #read: string[] = [];

  /** @param parts in the order in which the service lays them out: tools, instructions, messages */
  take(...parts: readonly unknown[]): { readonly tokens: number; readonly cached: number } {
    const prompt = parts.map((part) => JSON.stringify(part ?? null)).join('\n');
    const shared = Math.max(0, ...this.#read.map((earlier) => sharedLength(earlier, prompt)));
    this.#read.push(prompt);
    const tokens = Math.ceil(prompt.length / charactersPerToken);
    const same = Math.floor(shared / charactersPerToken);
    return { tokens, cached: same < leastTokens ? 0 : same - (same % stepTokens) };
  }
}

function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) {
    length += 1;
  }
  return length;
}
