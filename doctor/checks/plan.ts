import { counted } from '#platform/counted';
import type { Environment } from '#platform/settings/read';
import { type Finding, fail, pass } from '../finding.ts';
import { type Check, given, names } from './check.ts';

/**
 * App settings that Flex Consumption does not take: what they said is a property of the plan or of the deployment there
 * (Microsoft Learn, "App settings reference for Azure Functions", Flex Consumption plan deprecations, November 2026).
 * Setting one is answered with 400: "… for Flex Consumption sites is invalid. Please remove or rename it before
 * retrying." FUNCTIONS_EXTENSION_VERSION is among the deprecations as well, and is taken.
 */
const refusedByFlex = new Set([
  'ENABLE_ORYX_BUILD',
  'FUNCTIONS_MAX_HTTP_CONCURRENCY',
  'FUNCTIONS_WORKER_DYNAMIC_CONCURRENCY_ENABLED',
  'FUNCTIONS_WORKER_PROCESS_COUNT',
  'FUNCTIONS_WORKER_RUNTIME',
  'FUNCTIONS_WORKER_RUNTIME_VERSION',
  'SCM_DO_BUILD_DURING_DEPLOYMENT',
  'WEBSITE_CONTENTAZUREFILECONNECTIONSTRING',
  'WEBSITE_CONTENTOVERVNET',
  'WEBSITE_CONTENTSHARE',
  'WEBSITE_DNS_SERVER',
  'WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT',
  'WEBSITE_NODE_DEFAULT_VERSION',
  'WEBSITE_RUN_FROM_PACKAGE',
  'WEBSITE_SKIP_CONTENTSHARE_VALIDATION',
  'WEBSITE_VNET_ROUTE_ALL',
]);

export const planChecks: readonly Check[] = [
  {
    id: 'backend.plan',
    group: 'Backend',
    title: 'The Flex Consumption plan takes these settings',
    judge: ({ flexSettings }) => given(flexSettings, judgeNames),
  },
];

/** Names of settings know no case in Azure. A colon is refused as well; two underscores stand for it. */
function judgeNames(settings: Environment): Finding {
  const all = Object.keys(settings);
  const refused = all.filter((name) => refusedByFlex.has(name.toUpperCase()));
  if (refused.length > 0) {
    return fail(
      `Flex Consumption refuses ${names(refused)}.`,
      'Leave it out: the plan and the deployment say it there. On another plan, add --plan other.',
    );
  }
  const withColon = all.filter((name) => name.includes(':'));
  return withColon.length > 0
    ? fail(
        `Flex Consumption refuses the colon in ${names(withColon)}.`,
        'Write two underscores instead of it.',
      )
    : pass(`${counted(all.length, 'name')}, and none that it refuses.`);
}
