import type { Business } from '#platform/business';
import { overviewPermissions, permissionNeeds, permissionTable } from './access/roles.ts';
import { cards } from './cards/index.ts';
import { readCitation } from './cards/read-citation.ts';
import { diagnosisCardTools } from './diagnosis/card-tools.ts';
import { getDiagnosis } from './diagnosis/get-diagnosis.ts';
import { diagnosisJob } from './diagnosis/job.ts';
import { simulatedProbe } from './diagnosis/simulated-probe.ts';
import { troubleShootDevice } from './diagnosis/trouble-shoot-device.ts';
import { door, expertDefinitions } from './experts/domains.ts';
import { procedures } from './procedures/index.ts';
import { businessPrompts } from './prompts/index.ts';
import { businessResources } from './resources/index.ts';
import { type DeploymentPolicy, readPolicy } from './settings.ts';
import { openTenantStore, type WarmableTenantStore } from './stores/open-tenant-store.ts';
import { businessTools } from './tools/index.ts';
import { trial } from './trial.ts';

/** The customer care of a telecommunications company. */
export const contoso: Business<WarmableTenantStore, DeploymentPolicy> = {
  name: 'contoso',
  info: {
    name: 'contoso-mcp',
    title: 'Contoso customer care',
    version: '0.1.0',
    websiteUrl: 'https://www.contoso.example',
    icons: [{ src: 'https://www.contoso.example/icon.svg', mimeType: 'image/svg+xml' }],
  },
  endpointNames: { tools: 'Contoso customer care: tools', experts: 'Contoso customer care: experts' },
  instructions: {
    tools:
      "Tools over one customer organisation's accounts, invoices, usage, tickets and policies. Find a customer with " +
      'get_all_customers, then pass ids on. Amounts are dollars, dates are YYYY-MM-DD. Look policies up with ' +
      'search_knowledge_base before promising anything.',
    experts:
      'Experts that answer questions about one customer organisation’s customers by looking things up themselves: ' +
      'ask_expert finds the right one. And trouble_shoot_device, which takes about a minute. Name the customer by number or full name. Pass ' +
      'conversation_id on for follow-up questions. What an expert proposes in actions happens only when the user agrees ' +
      'or you call the tool.',
  },
  permissionTable,
  permissionNeeds,
  approvePermission: 'approvals.decide',
  overviewPermissions,
  defaultRoles: ['query'],
  readPolicy,
  openStore: openTenantStore,
  tools: businessTools,
  prompts: businessPrompts,
  resources: businessResources,
  skills: procedures,
  cards,
  cardTools: [{ tool: readCitation, with: 'resource:knowledge' }],
  experts: expertDefinitions,
  door,
  offlinePlans: async () => (await import('./experts/offline/plans/index.ts')).offlinePlans,
  trial,
  openJobs: ({ storeOf, policy }) => [
    {
      definition: diagnosisJob({ probe: simulatedProbe, storeOf, seconds: policy.troubleshootSeconds }),
      tool: troubleShootDevice,
      reader: getDiagnosis,
      cardTools: diagnosisCardTools,
    },
  ],
};
