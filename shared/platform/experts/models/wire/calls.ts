import * as z from 'zod';
import { objectAt } from '../../json-in-text.ts';
import type { ToolRequest } from '../../ports.ts';

const wireCall = z.looseObject({
  id: z.union([z.string(), z.number().transform(String)]).catch(''),
  function: z.looseObject({ name: z.string().catch(''), arguments: z.unknown().optional() }),
});

/** Most characters of an id; OpenAI and Azure take no more. */
const longestId = 40;

/**
 * The calls of a turn. Null and what has no function are none.
 * @param known ids that are taken: servers give one id twice, or none, and then refuse the history that has it
 */
export function callsOf(value: unknown, known: ReadonlySet<string>): ToolRequest[] {
  const taken = new Set(known);
  return (Array.isArray(value) ? value : []).flatMap((one: unknown) => {
    const call = wireCall.safeParse(one);
    if (!call.success) {
      return [];
    }
    const { id, function: wanted } = call.data;
    const usable = id !== '' && id.length <= longestId && !taken.has(id) ? id : freshId(taken);
    taken.add(usable);
    return [{ id: usable, name: wanted.name.trim(), argumentsText: argumentsText(wanted.arguments) }];
  });
}

/** Nine letters and digits: Mistral takes no other. */
function freshId(taken: ReadonlySet<string>): string {
  for (let number = taken.size + 1; ; number += 1) {
    const id = `call${String(number).padStart(5, '0')}`;
    if (!taken.has(id)) {
      return id;
    }
  }
}

/** As text, an object of one where there is one: some servers send the object itself, or its text as a text. */
function argumentsText(value: unknown): string {
  if (value === undefined || value === null) {
    return '{}';
  }
  if (typeof value !== 'string') {
    return JSON.stringify(value);
  }
  const inner = innerText(value.trim());
  return inner === '' ? '{}' : withoutRest(inner);
}

function innerText(text: string): string {
  if (!text.startsWith('"')) {
    return text;
  }
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value.trim() : text;
  } catch {
    return text;
  }
}

/** Words after the object are none of it. A second object leaves open which one was meant: then it stays broken. */
function withoutRest(text: string): string {
  const found = text.startsWith('{') ? objectAt(text, 0) : undefined;
  return found === undefined || text.includes('{', found.end) ? text : text.slice(0, found.end);
}
