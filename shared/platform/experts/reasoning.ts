/** What reasoning models put around their thoughts: DeepSeek, Qwen and others `<think>`, Mistral `[THINK]`. */
const tags = 'think(?:ing)?|thought|reasoning';
const lastEnd = new RegExp(`^.*(?:</(?:${tags})>|\\[/THINK\\])`, 'is');
const unended = new RegExp(`^\\s*(?:<(?:${tags})>|\\[THINK\\])`, 'i');

/**
 * What a model says, without what it thought: the text after the last end of a thought. Some servers leave the
 * beginning out; a thought without an end is all that the text has.
 */
export function withoutReasoning(text: string): string {
  // An answer may quote such a tag; as long as all of it is JSON, nothing was thought aloud.
  if (isJson(text)) {
    return text;
  }
  const said = text.replace(lastEnd, '');
  return unended.test(said) ? '' : said;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
