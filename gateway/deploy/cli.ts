import { AzureCliCredential } from '@azure/identity';
import { readTextFile } from '#platform/settings/text-file';
import { runCommand } from '../../scripts/command-line/run-command.ts';
import { UsageError } from '../../scripts/command-line/usage-error.ts';
import { putResource, removeFormerApis } from './apply.ts';
import { gatewayResources } from './resources.ts';
import { readGatewaySource } from './source.ts';

const usage = `Puts apim-policies/ into an API Management service, and takes the APIs of tenants that left out of it. Sign in with "az login" first.

  npm run deploy:policies -- --service ID --values FILE [--dry-run]

  --service ID    resource id: /subscriptions/…/providers/Microsoft.ApiManagement/service/NAME
  --values FILE   JSON with "namedValues" and "backends" of this deployment
  --dry-run       print what would be written`;

const management = 'https://management.azure.com';

const options = {
  service: { type: 'string' },
  values: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
} as const;

await runCommand({ usage, options }, async ({ service, values: file, 'dry-run': dryRun }) => {
  if (service === undefined || file === undefined) {
    throw new UsageError('Give --service and --values.');
  }
  if (!/^\/subscriptions\/[^/]+\/resourceGroups\/.+\/service\/[^/]+$/i.test(service)) {
    throw new UsageError(`--service is "${service}"; it must be the resource id of the gateway.`);
  }
  const resources = gatewayResources(readGatewaySource(readTextFile(file)));
  const credential = new AzureCliCredential();
  const token = async () => (await credential.getToken(`${management}/.default`)).token;
  const target = { origin: management, service, token };
  for (const resource of resources) {
    if (!dryRun) {
      await putResource(target, resource);
    }
    console.log(`${dryRun ? 'would write' : 'written'}  ${resource.path}`);
  }
  if (dryRun) {
    return;
  }
  for (const path of await removeFormerApis(target, resources)) {
    console.log(`removed  ${path}`);
  }
});
