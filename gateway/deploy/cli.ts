import { AzureCliCredential } from '@azure/identity';
import { readTextFile } from '#platform/settings/text-file';
import { runCommand } from '../../scripts/command-line/run-command.ts';
import { UsageError } from '../../scripts/command-line/usage-error.ts';
import { putResource, removeFormerApis } from './apply.ts';
import { gatewayResources } from './resources.ts';
import { ownApis, readGatewaySource } from './source.ts';
import { valuesTemplate, writeNew } from './template.ts';

const usage = `Puts apim-policies/ into an API Management service, and takes the APIs of tenants that left out of it. Sign in with "az login" first.

  npm run deploy:policies -- --service ID --values FILE [--dry-run]
  npm run deploy:policies -- --service ID --remove-only
  npm run deploy:policies -- --init [--values FILE]

  --service ID    resource id: /subscriptions/…/providers/Microsoft.ApiManagement/service/NAME
  --values FILE   JSON with "namedValues" and "backends" of this deployment
  --dry-run       print what would be written
  --init          write FILE to fill in, gateway-values.json unless --values names another
  --remove-only   write nothing; take out the APIs of tenants that left, as after "azd provision"`;

const management = 'https://management.azure.com';

const options = {
  service: { type: 'string' },
  values: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  'remove-only': { type: 'boolean', default: false },
  init: { type: 'boolean', default: false },
} as const;

await runCommand({ usage, options }, async ({ service, values: file, ...given }) => {
  const { 'dry-run': dryRun, 'remove-only': removeOnly } = given;
  if (given.init) {
    const name = file ?? 'gateway-values.json';
    writeNew(name, valuesTemplate());
    console.log(`${name} written; fill it in.`);
    return;
  }
  if (service === undefined || (file === undefined) !== removeOnly) {
    throw new UsageError('Give --service, and either --values or --remove-only.');
  }
  if (!/^\/subscriptions\/[^/]+\/resourceGroups\/.+\/service\/[^/]+$/i.test(service)) {
    throw new UsageError(`--service is "${service}"; it must be the resource id of the gateway.`);
  }
  const resources = file === undefined ? [] : gatewayResources(readGatewaySource(readTextFile(file)));
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
  for (const path of await removeFormerApis(target, ownApis())) {
    console.log(`removed  ${path}`);
  }
});
