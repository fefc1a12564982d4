import * as z from 'zod';
import type { JsonObject } from './json-object.ts';

type Members = Record<string, unknown>;

/** The input of the tool of that name, if there is one. */
export type InputOf = (tool: unknown) => z.ZodObject | undefined;

/**
 * Leaves out what a message says is null: many serializers write every field of an object, those without a value as
 * null. Nothing in the protocol gives null a meaning, so it counts as absent everywhere in a message; only in the
 * arguments of a tool it depends on the tool. Changes the message itself.
 */
export function leaveOutNulls(message: JsonObject, inputOf: InputOf): void {
  if (!holdsNull(message as Members)) {
    return;
  }
  const { id, method, params } = message;
  const input = method === 'tools/call' && isMembers(params) ? inputOf(params.name) : undefined;
  leaveOut(message as Members, input);
  // A request has to have an id; without one it would be a notification, and never be answered.
  const asks = typeof method === 'string' && !method.startsWith('notifications/');
  if (id === null && asks) {
    (message as Members).id = null;
  }
}

/** Most messages hold none, and are done with after this look. */
function holdsNull(container: Members | readonly unknown[]): boolean {
  for (const name in container) {
    const value = (container as Members)[name];
    if (value === null || (typeof value === 'object' && holdsNull(value as Members))) {
      return true;
    }
  }
  return false;
}

function leaveOut(container: Members, input: z.ZodObject | undefined): void {
  for (const [name, value] of Object.entries(container)) {
    if (value === null) {
      drop(container, name);
    } else if (name === 'arguments' && input !== undefined) {
      leaveOutOptional(value, input);
    } else if (isMembers(value)) {
      leaveOut(value, name === 'params' ? input : undefined);
    } else if (Array.isArray(value)) {
      for (const member of value.filter(isMembers)) {
        leaveOut(member, undefined);
      }
    }
  }
}

/**
 * The same in arguments of a tool: for members that are optional, and that do not take null for a value of its own.
 */
export function leaveOutOptional(value: unknown, schema: z.core.$ZodType): void {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodArray && Array.isArray(value)) {
    for (const element of value) {
      leaveOutOptional(element, inner.element);
    }
  }
  if (!(inner instanceof z.ZodObject && isMembers(value))) {
    return;
  }
  for (const [name, member] of Object.entries<z.core.$ZodType>(inner.shape)) {
    if (value[name] === null && accepts(member, undefined) && !accepts(member, null)) {
      drop(value, name);
    } else {
      leaveOutOptional(value[name], member);
    }
  }
}

function accepts(schema: z.core.$ZodType, value: unknown): boolean {
  return z.safeParse(schema, value).success;
}

/** The schema inside of what makes it optional, gives it a default or prepares its value. */
function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const { innerType, out } = schema._zod.def as { innerType?: z.core.$ZodType; out?: z.core.$ZodType };
  const inner = innerType ?? out;
  return inner === undefined ? schema : unwrapped(inner);
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function drop(container: Members, name: string): void {
  Reflect.deleteProperty(container, name);
}
