import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { ofItsOwn } from '#platform/settings/of-its-own';
import { readTextFile } from '#platform/settings/text-file';
import { PolicyProblem } from './language/problem.ts';

const calls = z.int().min(1);
const directoryId = z.guid().lowercase();
const slug = z.string().regex(/^[a-z][a-z0-9]{1,30}$/);
const name = z.string().regex(/^[a-z][a-z0-9-]{0,60}[a-z0-9]$/);

/** Where a tenant's clients sign in. */
export const signInWays = ['remote', 'proxy', 'own'] as const;
export type SignInWay = (typeof signInWays)[number];

const registrySchema = z.strictObject({
  plans: z.record(
    name,
    z.strictObject({
      tenantCallsPerMinute: calls,
      userCallsPerMinute: calls,
      /** What its tenants have of all that there is, by name; everything when left out. */
      tools: ofItsOwn.tools,
    }),
  ),
  tenants: z
    .array(
      z.strictObject({
        slug,
        displayName: z.string().min(1).max(100),
        /** API URL suffix: the first segment of the tenant's addresses. */
        route: name,
        /** Directory (tenant) ids whose users belong to it. */
        tenantIds: z.tuple([directoryId], directoryId),
        /** Id of the backend resource that serves it; tenants may share one. */
        backend: name,
        plan: name,
        /**
         * Where its clients sign in: `remote` (the default) at the directory itself, which has to know them; `proxy` at the
         * backend, which lets in clients that the directory does not know; `own` at the backend, which has the accounts, too. The
         * backend's setting SIGN_IN says the same.
         */
        signIn: z.enum(signInWays).optional(),
        /** Whether the page at the gateway's root names it, to everybody who asks; not when left out. */
        listed: z.boolean().optional(),
        ...ofItsOwn,
      }),
    )
    .min(1),
});

export type Registry = z.output<typeof registrySchema>;
export type RegisteredTenant = Registry['tenants'][number];

/** The endpoints that every tenant has, as the backend serves them, and the id of each one's operations. */
export const endpoints = [
  { id: 'mcp', path: '/mcp' },
  { id: 'agentic-mcp', path: '/agentic/mcp' },
] as const;
export type McpEndpoint = (typeof endpoints)[number];

/** Folder of the policies. */
export const policiesFolder = fileURLToPath(new URL('../apim-policies/', import.meta.url));

/**
 * Reads the registry of tenants.
 * @throws PolicyProblem naming everything that is wrong in it
 */
export function readRegistry(file = `${policiesFolder}tenants.json`): Registry {
  return checkRegistry(jsonOf(readTextFile(file)));
}

/** Where it breaks off is what the parser knows. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [, offset] = /at position (\d+)/.exec((error as Error).message) ?? [];
    const before = offset === undefined ? text : text.slice(0, Number(offset));
    throw new PolicyProblem(
      { file: 'tenants.json', line: before.split('\n').length },
      'the file is not JSON from here on; look for a comma, a quote or a bracket too many or too few',
    );
  }
}

/** @throws PolicyProblem naming everything that is wrong */
export function checkRegistry(value: unknown): Registry {
  const parsed = registrySchema.safeParse(value);
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new PolicyProblem({ file: 'tenants.json', line: 1 }, issues.join('; '));
  }
  return {
    ...parsed.data,
    tenants: parsed.data.tenants.map((tenant) => withPlan(tenant, parsed.data.plans)),
  };
}

/** What the plan says for whoever says nothing himself; nobody has more than the plan. */
function withPlan(tenant: RegisteredTenant, plans: Registry['plans']): RegisteredTenant {
  const set = plans[tenant.plan]?.tools;
  if (set === undefined) {
    return tenant;
  }
  const more = tenant.tools?.find((tool) => !set.includes(tool));
  if (more !== undefined) {
    throw new PolicyProblem(
      { file: 'tenants.json', line: 1 },
      `${tenant.slug} has "${more}", which its plan ${tenant.plan} has not; take it out, or choose another plan`,
    );
  }
  return { ...tenant, tools: tenant.tools ?? set };
}
