import { demandsOf, type EndpointName, endpointOfExpert, type Guarded, type Offer } from './access/offer.ts';
import type { Stoppable } from './access/switches.ts';
import { approvalResources } from './approvals/resource.ts';
import { type ApprovalsOf, approvalTools } from './approvals/tools.ts';
import type { Business, BusinessStore } from './business.ts';
import { askToolOf } from './experts/definition.ts';
import { type ExpertToolsDependencies, expertTools } from './experts/expert-tools.ts';
import { type DoorDependencies, doorTools } from './experts/team/door.ts';
import { handToolOf, handTools } from './experts/team/hand-over.ts';
import type { TenantId } from './identity/tenant.ts';
import type { AnyPrompt } from './mcp/definitions/prompt.ts';
import type { AnyFamily } from './mcp/definitions/resource.ts';
import type { Skill } from './mcp/definitions/skill.ts';
import { type AnyTool, namesOf } from './mcp/definitions/tool.ts';
import { effectsOf } from './mcp/tool-operation.ts';
import type { Overview } from './overviews/overview.ts';
import { type OverviewMeans, overviewsOf } from './overviews/overviews.ts';

/** Everything that a deployment offers and where, in the order in which lists have it. */
export interface Offers {
  readonly tools: readonly Offer<AnyTool>[];
  /** Those that pages call: clients that show none do not have them. */
  readonly cardTools: readonly Offer<AnyTool>[];
  readonly prompts: readonly Offer<AnyPrompt>[];
  readonly resources: readonly Offer<AnyFamily>[];
  readonly skills: readonly Offer<Skill>[];
}

/** What there is to be offered. */
export interface Wares
  extends Pick<
    Business,
    'tools' | 'prompts' | 'resources' | 'skills' | 'cardTools' | 'experts' | 'permissionNeeds'
  > {
  /** Through which callers ask the experts. */
  readonly askTools: readonly AnyTool[];
  /** With which experts hand parts of a question to each other; none when not said. */
  readonly handTools?: readonly AnyTool[];
  /** With which a second person decides, and reads what waits. */
  readonly approvalTools?: readonly AnyTool[];
  readonly approvalResources?: readonly AnyFamily[];
  /** Which start jobs. */
  readonly jobTools: readonly AnyTool[];
  /** Which read a job that an earlier answer left running. */
  readonly jobReaders: readonly AnyTool[];
  /** With which pages look after jobs; none when not said. */
  readonly jobCardTools?: readonly AnyTool[];
  /** What pages list of the service itself; nothing, when not said. */
  readonly overviews?: readonly Overview[];
  /** The tenants that the deployment serves; all whose callers are let in, when not said. */
  readonly tenants?: readonly TenantId[];
  /** What some of them have of all this, by name (`prompt:name`, `resource:name`, `skill:name`); the others have everything. */
  readonly sets?: ReadonlyMap<TenantId, ReadonlySet<string>>;
}

/**
 * Says of each thing where it is offered. The tools, prompts, resources and skills of a business are at `/mcp`; experts and jobs
 * at `/agentic/mcp`. An expert has those tools that it names, and those by which it hands
 * something to another one; these and readers of jobs nobody else has.
 */
export function offersOf({ experts, tenants, sets, permissionNeeds, ...wares }: Wares): Offers {
  const offer = <Thing extends Guarded>(
    thing: Thing,
    at: readonly EndpointName[],
    ...names: readonly string[]
  ): Offer<Thing> => ({
    thing,
    at,
    inSetsAs: names,
    ...(tenants && { tenants: tenants.filter((tenant) => has(sets?.get(tenant), names)) }),
    ...demandsOf(thing, permissionNeeds),
  });
  const withExperts = (tools: readonly AnyTool[], ...at: EndpointName[]) =>
    tools.map((tool) => ({
      ...offer(tool, [...at, ...expertsWith(tool)], ...namesInSets(tool)),
      stoppedBy: effectsOf(tool) === 'writes' ? ([byName(tool), 'changes'] as const) : [byName(tool)],
    }));
  /** It changes no record, so its own name and what its permission asks for are all that stops it. */
  const forPages = ({ tool, at, with: names }: Overview): Offer<AnyTool> => ({
    ...offer(tool, [at], ...names),
    stoppedBy: [byName(tool)],
  });
  /** Whoever may not ask an expert gets nothing from it through another one, and reads no jobs without a tool that starts them. */
  const namesInSets = (tool: AnyTool): readonly string[] => {
    const handed = experts.find(({ domain }) => handToolOf(domain) === tool.name);
    const isOfJobs = [...wares.jobReaders, ...(wares.jobCardTools ?? [])].includes(tool);
    return isOfJobs
      ? wares.jobTools.map(({ name }) => name)
      : [handed === undefined ? tool.name : askToolOf(handed.domain)];
  };
  const expertsWith = (tool: AnyTool) =>
    experts
      .filter(({ tools }) => namesOf(tool).some((name) => tools.includes(name)))
      .map(({ domain }) => endpointOfExpert(domain));
  /** A tool that asks an expert, or hands something to it. It changes nothing itself: experts propose. */
  const toExpert = (tool: AnyTool, at: readonly EndpointName[]): Offer<AnyTool> => {
    const asked = experts.find(({ domain }) => [askToolOf(domain), handToolOf(domain)].includes(tool.name));
    const stoppedBy = asked && [byName({ name: askToolOf(asked.domain) }), endpointOfExpert(asked.domain)];
    return { ...offer(tool, at, ...namesInSets(tool)), stoppedBy: [byName(tool), ...(stoppedBy ?? [])] };
  };
  const othersThan = ({ name }: AnyTool) =>
    experts.filter(({ domain }) => handToolOf(domain) !== name).map(({ domain }) => endpointOfExpert(domain));
  const tools = withExperts(wares.tools, 'mcp');
  return {
    tools: [
      ...tools,
      ...withExperts(wares.approvalTools ?? [], 'mcp'),
      ...wares.askTools.map((tool) => toExpert(tool, ['agentic'])),
      ...withExperts(wares.jobTools, 'agentic'),
      ...withExperts(wares.jobReaders),
      ...(wares.handTools ?? []).map((tool) => toExpert(tool, othersThan(tool))),
    ],
    cardTools: [
      ...withExperts(wares.jobCardTools ?? [], 'agentic'),
      ...(wares.cardTools ?? []).map(({ tool, with: name }) =>
        forPages({ tool, at: 'agentic', with: [name] }),
      ),
      ...(wares.overviews ?? []).map(forPages),
    ],
    prompts: wares.prompts.map((prompt) => offer(prompt, ['mcp'], `prompt:${prompt.name}`)),
    resources: [...wares.resources, ...(wares.approvalResources ?? [])].map((family) =>
      offer(family, ['mcp'], `resource:${family.name}`),
    ),
    skills: (wares.skills ?? []).map((skill) => ({
      ...offer(skill, ['mcp'], `skill:${skill.name}`),
      needs: neededFor(skill, tools),
    })),
  };
}

/** @throws Error when a skill names a tool that there is not */
function neededFor({ name, tools }: Skill, offers: readonly Offer<AnyTool>[]): readonly Offer[] {
  return tools.map((tool) => {
    const offer = offers.find(({ thing }) => thing.name === tool);
    if (offer === undefined) {
      throw new Error(`The skill ${name} names the tool ${tool}; there is no such tool beside it.`);
    }
    return offer;
  });
}

const byName = ({ name }: Pick<AnyTool, 'name'>): Stoppable => `tool:${name}`;

/** @param set undefined for whoever has everything */
function has(set: ReadonlySet<string> | undefined, names: readonly string[]): boolean {
  return set === undefined || names.some((name) => set.has(name));
}

/** What a business offers, for whoever only reads it: nothing in it can be called, and no data is opened. */
export function describeOffers<Store extends BusinessStore, Policy>(
  business: Business<Store, Policy>,
  tenants?: readonly TenantId[],
  sets?: Wares['sets'],
): Offers {
  const jobs = business.openJobs({
    policy: business.readPolicy({}),
    storeOf: () => onlyDescribed('data'),
  });
  const noJobs = () => onlyDescribed('jobs');
  const approvals = approvalOffers(business, async () => undefined);
  const jobTools = jobs.map(({ tool }) => tool(noJobs));
  const askTools = [
    ...doorTools(business, {} as DoorDependencies),
    ...expertTools(business.experts, {} as ExpertToolsDependencies),
  ];
  return offersOf({
    ...business,
    ...(tenants && { tenants }),
    ...(sets && { sets }),
    ...{ askTools, jobTools },
    handTools: handTools(business.experts),
    ...approvals,
    overviews: overviewOffers(business, [...jobTools, ...askTools], {
      jobs: noJobs,
      approvalsOf: async () => undefined,
      readTrail: () => onlyDescribed('trail'),
    }),
    jobReaders: jobs.flatMap(({ reader }) => (reader === undefined ? [] : [reader(noJobs)])),
    jobCardTools: jobs.flatMap(({ cardTools }) => cardTools?.(noJobs) ?? []),
  });
}

/** What a business that lets a second person approve offers for it. */
export function approvalOffers(
  { approvePermission: permission }: Pick<Business, 'approvePermission'>,
  approvalsOf: ApprovalsOf,
): Pick<Wares, 'approvalTools' | 'approvalResources'> {
  return permission === undefined
    ? {}
    : {
        approvalTools: approvalTools(permission, approvalsOf),
        approvalResources: [approvalResources(permission, approvalsOf)],
      };
}

/** What pages list of the service itself for a business. @param starters the tools that start jobs */
export function overviewOffers(
  { overviewPermissions = {}, tools }: Pick<Business, 'overviewPermissions' | 'tools'>,
  starters: readonly AnyTool[],
  means: Omit<OverviewMeans, 'starters' | 'tools'>,
): readonly Overview[] {
  return overviewsOf(overviewPermissions, { ...means, tools, starters: starters.map(({ name }) => name) });
}

function onlyDescribed(what: string): never {
  throw new Error(`The definitions of a business have no ${what}.`);
}
