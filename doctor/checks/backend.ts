import { openToAll, rolesFor } from '#platform/access/by-role';
import { offeredAt } from '#platform/access/offer';
import { openRoles } from '#platform/access/roles';
import { counted } from '#platform/counted';
import { actorNames } from '#platform/identity/actor';
import type { AnyTool } from '#platform/mcp/definitions/tool';
import { endpointsOf } from '#platform/settings';
import { readAuth } from '#platform/settings/auth';
import { readConfirmation } from '#platform/settings/confirmation';
import { type Environment, text } from '#platform/settings/read';
import { deployed } from '../../shared/deployed.ts';
import { readSettings, type Settings } from '../../shared/settings.ts';
import type { Evidence } from '../evidence.ts';
import { fail, pass, warn } from '../finding.ts';
import { type Check, fromSettings, given, inAzure, names } from './check.ts';
import { hostSettingsChecks } from './host-settings.ts';
import { planChecks } from './plan.ts';

const starts: Check = {
  id: 'backend.settings',
  group: 'Backend',
  title: 'The service starts with these settings',
  judge: (evidence) =>
    fromSettings(evidence, (env) => {
      const { tenants } = asDeployed(env);
      return pass(`All settings are in order; it serves ${names(tenants.map(({ slug }) => slug))}.`);
    }),
};

const verifies: Check = {
  id: 'backend.verification',
  group: 'Backend',
  title: 'Tokens are verified, and passthrough is off',
  judge: (evidence) =>
    fromSettings(evidence, (env) => {
      const base = text(env, 'PUBLIC_BASE_URL');
      const auth = readAuth(
        env,
        inAzure,
        deployed.permissionTable,
        base === undefined ? [] : Object.values(endpointsOf(base)),
      );
      if (auth.mode === 'jwt' && asDeployed(env).signIn?.way === 'own') {
        return pass('SIGN_IN is own: only tokens that the service has signed itself count.');
      }
      return auth.mode === 'jwt'
        ? pass(`AUTH_MODE is jwt: signatures are checked with the keys of ${auth.authority}.`)
        : fail(`AUTH_MODE is ${auth.mode}.`, 'Set AUTH_MODE=jwt.');
    }),
};

const refusesForgeries: Check = {
  id: 'backend.forgery',
  group: 'Backend',
  title: 'A token that nobody signed is refused',
  judge: ({ live }) =>
    given(live.withForgedToken, ({ status }) =>
      status === 401
        ? pass('401, as it must be.')
        : fail(
            `A forged token was answered with ${status}.`,
            'Set AUTH_MODE=jwt, now: anybody can be anybody.',
          ),
    ),
};

const everyToolPermitted: Check = {
  id: 'backend.permissions',
  group: 'Backend',
  title: 'Every tool needs a permission that some role has',
  judge: ({ tools }) => {
    const unreachable = tools.filter((tool) => rolesOfTool(tool).length === 0);
    const readers = deployed.defaultRoles;
    const loose = tools.filter(
      (tool) => !tool.annotations.readOnlyHint && rolesOfTool(tool).some((role) => readers.includes(role)),
    );
    if (unreachable.length > 0) {
      return fail(
        `No role may use ${toolNames(unreachable)}.`,
        `Give the permission to a role in the permission table of shared/${deployed.name}.`,
      );
    }
    return loose.length === 0
      ? pass(`${counted(tools.length, 'tool')}; those that change something are not for readers.`)
      : fail(
          `${names(readers)}, which is for reading, may use ${toolNames(loose)}.`,
          `Give them a permission of their own in shared/${deployed.name}.`,
        );
  },
};

const rolesEnforced: Check = {
  id: 'backend.roles',
  group: 'Backend',
  title: 'A caller is shown what the roles allow, and nothing else',
  judge: ({ live, tools, environment, switches }) =>
    given(live.claims, ({ roles, actor }) =>
      given(live.tools, (listed) => {
        const known = settingsOf({ environment });
        const allowed = (known?.auth.roles ?? openRoles(deployed.permissionTable)).permissionsOf(roles);
        const expected = openToAll(
          offeredAt('mcp', tools, deployed.permissionNeeds),
          allowed,
          'mcp',
          actor,
        ).map(({ thing }) => thing.name);
        const shown = listed.map(({ name }) => name);
        const tooMany = shown.filter((name) => !expected.includes(name));
        const off = offBy(switches, tools);
        const missing = expected.filter((name) => !shown.includes(name) && !off.has(name));
        const who = `A caller with ${roles.length === 0 ? 'no role' : names(roles)}`;
        const remedy = 'Compare the service’s version and its role settings (QUERY_ROLE, …) with this one.';
        if (tooMany.length > 0) {
          return fail(`${who} is shown ${names(tooMany)} too.`, remedy);
        }
        return missing.length === 0
          ? pass(`${who} is shown exactly ${shown.length} of ${counted(tools.length, 'tool')}.`)
          : fail(`${who} is not shown ${names(missing)}.`, remedy);
      }),
    ),
};

const agentsAreTold: Check = {
  id: 'backend.actor',
  group: 'Backend',
  title: 'The token says whether a person or an agent acts',
  judge: (evidence) =>
    given(evidence.live.claims, ({ actor, tellsAgents }) => {
      const who = actorNames[actor];
      if (settingsOf(evidence)?.signIn?.way === 'own') {
        return pass('SIGN_IN is own: the service gives its tokens to people only.');
      }
      return tellsAgents
        ? pass(`It says that ${who} acts.`)
        : warn(
            `It does not say so: it counts as that of ${who}, and so would that of an agent who acts for a person.`,
            'Add the optional claims idtyp, xms_idrel, xms_act_fct, xms_sub_fct, xms_tnt_fct and xms_par_app_azp to the access tokens of the API’s registration; npm run entra does it.',
          );
    }),
};

const strangersSeeNothing: Check = {
  id: 'backend.no-role',
  group: 'Backend',
  title: 'A caller without a role is shown nothing',
  judge: ({ live }) =>
    given(live.toolsWithoutRole, (listed) =>
      listed.length === 0
        ? pass('The list of tools is empty.')
        : fail(
            `A caller without a role is shown ${names(listed.map(({ name }) => name))}.`,
            'Check that AUTH_MODE is jwt, and which roles the token really has.',
          ),
    ),
};

const audited: Check = {
  id: 'backend.audit',
  group: 'Backend',
  title: 'Calls are in the audit trail',
  judge: ({ live }) =>
    given(live.audited, (found) =>
      found
        ? pass('The call that the doctor made is on record.')
        : fail(
            'The call that the doctor made is not on record.',
            'Look for "audit entries lost" in the log: the service may not be able to write to its storage.',
          ),
    ),
};

const stateKeyShared: Check = {
  id: 'backend.state-key',
  group: 'Backend',
  title: 'All instances share the key that signs state',
  judge: (evidence) =>
    fromSettings(evidence, (env) => {
      readConfirmation(env, inAzure);
      return pass('STATE_SIGNING_KEY is set and long enough.');
    }),
};

export const backendChecks: readonly Check[] = [
  starts,
  ...planChecks,
  ...hostSettingsChecks,
  verifies,
  refusesForgeries,
  everyToolPermitted,
  rolesEnforced,
  agentsAreTold,
  strangersSeeNothing,
  audited,
  stateKeyShared,
];

/** The settings as the service would read them in Azure, which sets these two names itself. */
export function asDeployed(env: Environment): Settings {
  return readSettings({ WEBSITE_SITE_NAME: 'doctor', ...env, AZURE_FUNCTIONS_ENVIRONMENT: 'Production' });
}

/** Addresses of both endpoints under which clients reach the service. */
export function addressesOf(env: Environment): readonly string[] {
  return Object.values(endpointsOf(asDeployed(env).publicBaseUrl));
}

/** Undefined when they are not known or wrong: what is wrong with them is said by the check of the settings. */
export function settingsOf({ environment }: Pick<Evidence, 'environment'>): Settings | undefined {
  try {
    return 'value' in environment ? asDeployed(environment.value) : undefined;
  } catch {
    return undefined;
  }
}

/** Tools that are switched off for anybody: that they are not shown is as it should be. */
function offBy(switches: Evidence['switches'], tools: readonly AnyTool[]): ReadonlySet<string> {
  const off = 'value' in switches ? switches.value.map(({ what }) => what) : [];
  const isOff = ({ name, annotations }: AnyTool) =>
    off.includes('everything') ||
    off.includes(`tool:${name}`) ||
    (off.includes('changes') && annotations.readOnlyHint !== true);
  return new Set(tools.filter(isOff).map(({ name }) => name));
}

function rolesOfTool(tool: AnyTool): readonly string[] {
  return offeredAt('mcp', [tool]).flatMap((offer) => rolesFor(offer, deployed.permissionTable));
}

function toolNames(tools: readonly AnyTool[]): string {
  return names(tools.map(({ name }) => name));
}
