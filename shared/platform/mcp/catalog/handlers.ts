import {
  type CompleteRequest,
  type CompleteResult,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import { skillsExtensionId } from '../definitions/skill.ts';
import type { OperationRequest } from '../operation-request.ts';
import type { ServedServer, Surface } from '../surface.ts';
import type { ArgumentInput, PromptSurface, ResourceSurface, SkillSurface } from './surface.ts';

/** Values that one answer proposes at most (MCP, utilities/completion). */
const mostValues = 100;

type Served = Pick<Surface, 'resources' | 'prompts'>;

/** Serves the resources and prompts of a surface, if it has any, to one caller. */
export function serveCatalog(served: ServedServer): void {
  const { server, surface } = served;
  const requestOf = (context: ServerContext) => served.requestFor(undefined, context);
  if (surface.resources !== undefined) {
    serveResources(server, surface.resources, requestOf);
  }
  if (surface.prompts !== undefined) {
    servePrompts(server, surface.prompts, requestOf);
  }
  if (surface.skills !== undefined) {
    serveSkills(served, surface.skills, requestOf);
  }
  if (surface.resources === undefined && surface.prompts === undefined) {
    return;
  }
  server.registerCapabilities({ completions: {} });
  server.setRequestHandler('completion/complete', async ({ params }, context) =>
    answer(await propose(params, surface, requestOf(context))),
  );
}

function serveResources(
  server: ServedServer['server'],
  resources: ResourceSurface,
  requestOf: (context: ServerContext) => OperationRequest,
): void {
  server.registerCapabilities({ resources: { listChanged: false, subscribe: false } });
  server.setRequestHandler('resources/list', async (_request, context) => ({
    resources: [...(await resources.list(requestOf(context)))],
  }));
  server.setRequestHandler('resources/templates/list', (_request, context) => ({
    resourceTemplates: [...resources.templates(requestOf(context))],
  }));
  server.setRequestHandler('resources/read', ({ params }, context) =>
    resources.read(params.uri, requestOf(context)),
  );
}

function servePrompts(
  server: ServedServer['server'],
  prompts: PromptSurface,
  requestOf: (context: ServerContext) => OperationRequest,
): void {
  server.registerCapabilities({ prompts: { listChanged: false } });
  server.setRequestHandler('prompts/list', (_request, context) => ({
    prompts: [...prompts.list(requestOf(context))],
  }));
  server.setRequestHandler('prompts/get', ({ params }, context) =>
    prompts.get(params.name, params.arguments ?? {}, requestOf(context)),
  );
}

const anyParams = z.looseObject({});
/** Of `skills/get`. */
const bySkillUri = z.looseObject({ uri: z.string() });

function serveSkills(
  { server, cacheHint }: ServedServer,
  skills: SkillSurface,
  requestOf: (context: ServerContext) => OperationRequest,
): void {
  server.registerCapabilities({ extensions: { [skillsExtensionId]: {} } });
  server.setRequestHandler('skills/list', { params: anyParams }, async (_params, context) => ({
    skills: [...(await skills.list(requestOf(context)))],
    ...cacheHint,
  }));
  server.setRequestHandler('skills/get', { params: bySkillUri }, async ({ uri }, context) => ({
    skill: await skills.get(uri, requestOf(context)),
    ...cacheHint,
  }));
}

function propose(
  { ref, argument, context }: CompleteRequest['params'],
  { resources, prompts }: Served,
  request: OperationRequest,
): Promise<readonly string[]> {
  const input: ArgumentInput = {
    name: argument.name,
    typed: argument.value,
    others: context?.arguments ?? {},
  };
  if (ref.type === 'ref/prompt' && prompts !== undefined) {
    return prompts.complete(ref.name, input, request);
  }
  if (ref.type === 'ref/resource' && resources !== undefined) {
    return resources.complete(ref.uri, input, request);
  }
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    'Unknown reference: nothing like it is served here.',
  );
}

function answer(values: readonly string[]): CompleteResult {
  return {
    completion: {
      values: values.slice(0, mostValues),
      total: values.length,
      hasMore: values.length > mostValues,
    },
  };
}
