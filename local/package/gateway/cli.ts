import { parseArgs } from 'node:util';
import { AzureCliCredential } from '@azure/identity';
import { readTextFile } from '../../../shared/settings/text-file.ts';
import { UsageError } from '../../usage-error.ts';
import { putResource, removeFormerApis } from './apply.ts';
import { gatewayResources } from './resources.ts';
import { readGatewaySource } from './source.ts';

const usage = `Puts apim-policies/ into an API Management service, and takes the APIs of tenants that left out of it. Sign in with "az login" first.

  npm run deploy:policies -- --service ID --values FILE [--dry-run]

  --service ID    resource id: /subscriptions/…/providers/Microsoft.ApiManagement/service/NAME
  --values FILE   JSON with "namedValues" and "backends" of this deployment
  --dry-run       print what would be written`;

const management = 'https://management.azure.com';

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  if (error instanceof UsageError) console.error(`\n${usage}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options === undefined) {
    console.log(usage);
    return;
  }
  const resources = gatewayResources(readGatewaySource(readTextFile(options.values)));
  const credential = new AzureCliCredential();
  const token = async () => (await credential.getToken(`${management}/.default`)).token;
  const target = { origin: management, service: options.service, token };
  for (const resource of resources) {
    if (!options.dryRun) await putResource(target, resource);
    console.log(`${options.dryRun ? 'would write' : 'written'}  ${resource.path}`);
  }
  if (options.dryRun) return;
  for (const path of await removeFormerApis(target, resources)) console.log(`removed  ${path}`);
}

function readOptions(): { service: string; values: string; dryRun: boolean } | undefined {
  const values = parse();
  if (values.help) return undefined;
  const { service, values: file } = values;
  if (service === undefined || file === undefined) throw new UsageError('Give --service and --values.');
  if (!/^\/subscriptions\/[^/]+\/resourceGroups\/.+\/service\/[^/]+$/i.test(service)) {
    throw new UsageError(`--service is "${service}"; it must be the resource id of the gateway.`);
  }
  return { service, values: file, dryRun: values['dry-run'] ?? false };
}

function parse() {
  try {
    return parseArgs({
      options: {
        service: { type: 'string' },
        values: { type: 'string' },
        'dry-run': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
