import { PROTOCOL_VERSION_META_KEY, specTypeSchemas } from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { Surface } from '../surface.ts';
import { invalidParams } from './invalid-message.ts';
import type { JsonObject } from './json-object.ts';

type Schema = { readonly '~standard': (typeof specTypeSchemas)['CallToolRequestParams']['~standard'] };

const anything = z.looseObject({ _meta: z.looseObject({}).optional() });
const page = specTypeSchemas.PaginatedRequestParams;
const cancelled = z.looseObject({ requestId: z.union([z.string(), z.number()]) });

/** The parameters of what every endpoint serves. Extensions bring those of their own methods. */
const everywhere: Readonly<Record<string, unknown>> = {
  initialize: specTypeSchemas.InitializeRequestParams,
  ping: anything,
  'server/discover': anything,
  'subscriptions/listen': specTypeSchemas.SubscriptionsListenRequestParams,
  'tools/list': page,
  'tools/call': specTypeSchemas.CallToolRequestParams,
  'notifications/initialized': anything,
  'notifications/cancelled': cancelled,
  'notifications/progress': specTypeSchemas.ProgressNotificationParams,
};
const ofResources: Readonly<Record<string, unknown>> = {
  'resources/list': page,
  'resources/templates/list': page,
  'resources/read': specTypeSchemas.ResourceRequestParams,
};
const ofPrompts: Readonly<Record<string, unknown>> = {
  'prompts/list': page,
  'prompts/get': specTypeSchemas.GetPromptRequestParams,
};
const ofSkills: Readonly<Record<string, unknown>> = {
  'skills/list': page,
  'skills/get': specTypeSchemas.ResourceRequestParams,
};
const ofEither: Readonly<Record<string, unknown>> = {
  'completion/complete': specTypeSchemas.CompleteRequestParams,
};

/** Methods that 2026-07-28 does not have any more: the protocol layer answers that it does not know them. */
const ofSessions: ReadonlySet<unknown> = new Set(['initialize', 'ping', 'notifications/initialized']);

/** A message that says its revision itself, as those of 2026-07-28 do. */
function isStateless(params: unknown): boolean {
  const meta = (params as { readonly _meta?: unknown } | null)?._meta;
  return typeof meta === 'object' && meta !== null && PROTOCOL_VERSION_META_KEY in meta;
}

/** Lists that fit on one page, so no cursor of theirs can be genuine. */
const singlePages: ReadonlySet<unknown> = new Set([
  'tools/list',
  'prompts/list',
  'resources/list',
  'resources/templates/list',
  'skills/list',
]);

/**
 * Checks the parameters of a method that the surface serves; the protocol layer answers for the others.
 * @throws InvalidMessage -32602, with a sentence that names what is wrong and repeats nothing that was sent
 */
export function checkParams(message: JsonObject, surface: Surface): void {
  const { method, params = {} } = message;
  const schema = schemaOf(method, surface);
  if (schema === undefined || (isStateless(params) && ofSessions.has(method))) {
    return;
  }
  const refuse = (what: string) =>
    invalidParams(`Invalid params of ${method}: ${what}. Correct it and send the message again.`, message);
  if (typeof params !== 'object' || params === null || Array.isArray(params)) {
    throw refuse('params must be an object');
  }
  const result = schema['~standard'].validate(params) as { readonly issues?: readonly Issue[] };
  const [issue] = result.issues ?? [];
  if (issue !== undefined) {
    throw refuse(problemOf(issue, params));
  }
  if (singlePages.has(method) && 'cursor' in params) {
    throw refuse('cursor is not one that was given out here; leave it out to get the whole list');
  }
}

function schemaOf(method: unknown, surface: Surface): Schema | undefined {
  const known = schemasOf.get(surface) ?? schemasServed(surface);
  schemasOf.set(surface, known);
  return known.get(method);
}

/** By method, of the few surfaces that a process has. */
const schemasOf = new WeakMap<Surface, ReadonlyMap<unknown, Schema>>();

/** Of a method that several bring, the first one's. */
function schemasServed({ resources, prompts, skills, extensions }: Surface): ReadonlyMap<unknown, Schema> {
  const served = [
    everywhere,
    resources && ofResources,
    prompts && ofPrompts,
    skills && ofSkills,
    (resources || prompts) && ofEither,
    ...extensions.map((extension) => extension.params),
  ];
  return new Map(served.reverse().flatMap((methods) => Object.entries(methods ?? {}) as [string, Schema][]));
}

/** What a schema found: a zod issue, as far as it is looked at. */
interface Issue {
  readonly code?: string;
  readonly expected?: string;
  readonly values?: readonly unknown[];
  readonly path: readonly PropertyKey[];
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function problemOf({ code, expected = '', values, path }: Issue, params: object): string {
  const field = path.map(fieldName).join('.') || 'params';
  if (valueAt(params, path) === undefined) {
    return `${field} is required`;
  }
  if (code === 'invalid_value' && values !== undefined) {
    return `${field} must be one of ${values.join(', ')}`;
  }
  const kind = code === 'invalid_type' ? kinds[expected] : undefined;
  return kind === undefined
    ? `${field} does not have the form that the protocol gives it`
    : `${field} must be ${kind}`;
}

/** Names of a client's own choice may hold anything, and are not repeated. */
function fieldName(part: PropertyKey): string {
  const name = String(part);
  return /^[\w./-]{1,64}$/.test(name) ? name : '(a name of your own)';
}

function valueAt(params: object, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? (value as Record<PropertyKey, unknown>)[part]
        : undefined,
    params,
  );
}
