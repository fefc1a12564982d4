/** Objects as models write them into texts: after a sentence, in a code fence, behind what they thought first. */

/** Most characters of a text that are looked at, from its end; an answer has at most some ten thousand. */
const mostCharacters = 200_000;
/** Most braces at which an object may begin; the innermost ones come first. */
const mostBeginnings = 300;

export interface FoundObject {
  readonly value: unknown;
  readonly start: number;
  /** The place after its closing brace. */
  readonly end: number;
}

/** The whole JSON objects in a text, the one that begins last first. Objects inside of others are among them. */
export function* objectsFromEnd(text: string): Generator<FoundObject> {
  const first = Math.max(0, text.length - mostCharacters);
  let start = text.lastIndexOf('{');
  for (let tried = 0; start >= first && tried < mostBeginnings; tried += 1) {
    const found = objectAt(text, start);
    if (found !== undefined) {
      yield found;
    }
    start = start === 0 ? -1 : text.lastIndexOf('{', start - 1);
  }
}

/** The whole JSON object that begins at a place; undefined when none does. */
export function objectAt(text: string, start: number): FoundObject | undefined {
  const end = endOfObject(text, start);
  if (end === undefined) {
    return undefined;
  }
  try {
    return { value: JSON.parse(text.slice(start, end)), start, end };
  } catch {
    return undefined;
  }
}

/** The end of the object: where its braces are balanced, not counting those in strings. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let place = start; place < text.length; place += 1) {
    const character = text[place];
    if (inString) {
      if (character === '\\') {
        place += 1;
      } else if (character === '"') {
        inString = false;
      }
    } else if (character === '"') {
      inString = true;
    } else if (character === '{') {
      depth += 1;
    } else if (character === '}') {
      depth -= 1;
      if (depth === 0) {
        return place + 1;
      }
    }
  }
  return undefined;
}
