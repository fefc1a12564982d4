import type { Permission } from '../access/permissions.ts';
import type { JsonObject } from './http/body.ts';
import { subjectOf } from './pipeline/operation.ts';
import type { Surface } from './surface.ts';

/** What a message is about and what that needs. */
export interface Requirement {
  /** Its name in the audit trail and in the refusal. */
  readonly subject: string;
  readonly permission: Permission;
}

/** What the caller needs for this message; undefined when it needs nothing, or names nothing that is served here. */
export function requirementOf(body: JsonObject, surface: Surface): Requirement | undefined {
  const params = body.params as JsonObject | undefined;
  switch (body.method) {
    case 'tools/call':
      return ofTool(params?.name, surface);
    case 'prompts/get':
      return ofPrompt(params?.name, surface);
    case 'resources/read':
    case 'resources/subscribe':
      return ofResource(params?.uri, surface);
    case 'completion/complete':
      return ofReference(params?.ref as JsonObject | undefined, surface);
    default:
      return undefined;
  }
}

function ofTool(name: unknown, { tools }: Surface): Requirement | undefined {
  const definition = tools.find(name)?.definition;
  return definition && { subject: definition.name, permission: definition.permission };
}

function ofPrompt(name: unknown, { prompts }: Surface): Requirement | undefined {
  const permission = typeof name === 'string' ? prompts?.permissionFor(name) : undefined;
  return permission === undefined
    ? undefined
    : { subject: subjectOf({ kind: 'prompt', name: String(name) }), permission };
}

function ofResource(uri: unknown, { resources }: Surface): Requirement | undefined {
  const permission = typeof uri === 'string' ? resources?.permissionFor(uri) : undefined;
  return permission === undefined ? undefined : { subject: 'resource', permission };
}

function ofReference(ref: JsonObject | undefined, surface: Surface): Requirement | undefined {
  return ref?.type === 'ref/prompt' ? ofPrompt(ref.name, surface) : ofResource(ref?.uri, surface);
}
