import type { contoso } from '#contoso/business';
import { servedAt } from '#platform/access/exposure';
import type { Guarded, Offer } from '#platform/access/offer';
import type { AnyPrompt } from '#platform/mcp/definitions/prompt';
import type { AnyFamily } from '#platform/mcp/definitions/resource';
import { skillsExtensionId } from '#platform/mcp/definitions/skill';
import { type AnyTool, defaultTimeoutMs, mostConfidentialOf } from '#platform/mcp/definitions/tool';
import { describeOffers } from '#platform/offers';
import { readKnowledge } from '#seed/knowledge';
import { type JsonObject, type JsonValue, type Pin, type Pins, pinsById } from './pin.ts';
import { type Ask, type EndpointName, endpoints, eras, served } from './served.ts';

type Business = typeof contoso;

/** The newest era: what it sends is pinned whole, of the others what differs. */
const [newest, ...others] = eras;

/**
 * What clients see of a business, asked of the app itself in each era and each role: the same that the tests hold the
 * committed pins against.
 */
export async function gatherPins(business: Business): Promise<Pins> {
  const ask = once(await served({ ...business, openStore: oneDocument }));
  const roles = Object.keys(business.permissionTable);
  const offers = describeOffers(business);
  const pins = (['mcp', 'agentic'] as const).flatMap((endpoint) => {
    const from: From = { ask, roles, endpoint };
    const pinned = <Thing extends Guarded>(
      all: readonly Offer<Thing>[],
      pin: (thing: Thing, from: From) => Promise<Pin>,
    ) => servedAt(all, endpoint).map(({ thing }) => pin(thing, from));
    return [
      endpointPin(from),
      ...pinned(offers.tools, toolPin),
      ...pinned(offers.prompts, promptPin),
      ...pinned(offers.resources, resourcePin),
    ];
  });
  return pinsById(await Promise.all(pins));
}

/** Each list is asked for once in each role, for all that is in it. */
function once(ask: Ask): Ask {
  const answers = new Map<string, Promise<JsonObject>>();
  return (asked) => {
    const { endpoint, era, method, params = {}, roles } = asked;
    const key = JSON.stringify([endpoint, era, method, params, roles]);
    const answer = answers.get(key) ?? ask(asked);
    answers.set(key, answer);
    return answer;
  };
}

/** Of a tenant's data only a document is read: it shows how a resource is listed. */
const oneDocument: Business['openStore'] = () =>
  ({
    knowledge: { documents: async () => readKnowledge('Contoso').slice(0, 1) },
    warm: async () => {},
  }) as unknown as ReturnType<Business['openStore']>;

interface From {
  readonly ask: Ask;
  readonly roles: readonly string[];
  readonly endpoint: EndpointName;
}

async function toolPin(tool: AnyTool, from: From): Promise<Pin> {
  return {
    kind: 'tool',
    name: tool.name,
    content: {
      endpoint: endpoints[from.endpoint],
      ...(await entry(from, 'tools/list', 'tools', ({ name }) => name === tool.name)),
      permission: tool.permission,
      ...(tool.formerNames !== undefined && { formerNames: tool.formerNames }),
      progress: tool.progress ?? null,
      timeoutMs: tool.timeoutMs ?? defaultTimeoutMs,
      mayAskForAgreement: tool.confirmation !== undefined,
      expertsMayRun: tool.expertsMayRun ?? tool.annotations.readOnlyHint,
      labels: typeof tool.labels === 'function' ? 'by what the result holds' : { ...tool.labels },
      maxAllowedConfidentiality: mostConfidentialOf(tool),
    },
  };
}

async function promptPin(prompt: AnyPrompt, from: From): Promise<Pin> {
  const { name, permission, completions, example = {} } = prompt;
  const text = Object.fromEntries(Object.entries(example).map(([key, value]) => [key, String(value)]));
  const params = { name, arguments: text };
  const got = await from.ask({ ...from, era: newest, method: 'prompts/get', params });
  const completed = Object.entries(completions as Readonly<Record<string, { permission: string }>>);
  return {
    kind: 'prompt',
    name,
    content: {
      endpoint: endpoints[from.endpoint],
      ...(await entry(from, 'prompts/list', 'prompts', (one) => one.name === name)),
      permission,
      completes: Object.fromEntries(completed.map(([key, one]) => [key, one.permission])),
      example: text,
      messages: got.messages ?? null,
    },
  };
}

async function resourcePin({ name, scheme, permission }: AnyFamily, from: From): Promise<Pin> {
  const template = await entry(
    from,
    'resources/templates/list',
    'resourceTemplates',
    (one) => one.name === name,
  );
  const resource = await entry(from, 'resources/list', 'resources', ({ uri }) =>
    String(uri).startsWith(`${scheme}://`),
  );
  return {
    kind: 'resource',
    name,
    content: {
      endpoint: endpoints[from.endpoint],
      ...template,
      permission,
      resource: resource.listed,
    },
  };
}

/** The whole of what an endpoint says of itself, and the order of what it lists. */
async function endpointPin(from: From): Promise<Pin> {
  const { ask, roles, endpoint } = from;
  const params = {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'pins', version: '1' },
  };
  const discovered = await ask({ ...from, era: newest, method: 'server/discover' });
  const initialized = await ask({ ...from, era: '2025-11-25', method: 'initialize', params });
  const lists = {
    tools: 'tools/list',
    ...('prompts' in (discovered.capabilities as JsonObject) && { prompts: 'prompts/list' }),
    ...('resources' in (discovered.capabilities as JsonObject) && {
      resourceTemplates: 'resources/templates/list',
    }),
  };
  const listed: Record<string, JsonValue> = {};
  for (const [member, method] of Object.entries(lists)) {
    const { [member]: all, ...more } = await ask({ endpoint, roles, era: newest, method });
    listed[method] = { ...more, [member]: (all as readonly JsonObject[]).map(({ name }) => name ?? null) };
  }
  const { extensions = {} } = discovered.capabilities as JsonObject;
  if (skillsExtensionId in (extensions as JsonObject)) {
    listed['skills/list'] = await ask({ endpoint, roles, era: newest, method: 'skills/list' });
  }
  return {
    kind: 'endpoint',
    name: endpoint,
    content: {
      address: endpoints[endpoint],
      'server/discover': discovered,
      initialize: initialized,
      ...listed,
    },
  };
}

interface Entry {
  /** As the newest era sends it. */
  readonly listed: JsonValue;
  /** What other eras send in other words, by era and member; nothing when there is nothing. */
  readonly [differently: string]: JsonValue;
}

/** One member of a list, as each era sends it, and the roles that see it. */
async function entry(
  { ask, roles, endpoint }: From,
  method: string,
  member: string,
  isIt: (entry: JsonObject) => boolean,
): Promise<Entry> {
  const find = async (era: (typeof eras)[number], seenBy: readonly string[]) => {
    const { [member]: all } = await ask({ endpoint, era, method, roles: seenBy });
    return (all as readonly JsonObject[]).find(isIt);
  };
  const listed = (await find(newest, roles)) ?? null;
  const differently: Record<string, JsonValue> = {};
  for (const era of others) {
    const other = (await find(era, roles)) ?? null;
    if (JSON.stringify(other) !== JSON.stringify(listed)) {
      differently[`listed in ${era}`] = changedMembers(listed, other);
    }
  }
  const seen = await Promise.all(roles.map(async (role) => [role, await find(newest, [role])] as const));
  return {
    listed,
    ...differently,
    roles: seen.filter(([, one]) => one !== undefined).map(([role]) => role),
  };
}

function changedMembers(listed: JsonValue, other: JsonValue): JsonValue {
  if (listed === null || other === null) {
    return other;
  }
  const before = listed as JsonObject;
  const changed = Object.entries(other as JsonObject).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
  );
  const gone = Object.keys(before).filter((name) => !(name in (other as JsonObject)));
  return Object.fromEntries([...changed, ...gone.map((name) => [name, null] as const)]);
}
