import { type Environment, SettingsError } from '#platform/settings/read';
import { readSettings } from '#shared/settings';
import { type InfraCheck, without } from '../check.ts';
import type { Prediction } from '../predict.ts';
import { leftOut, ofThePlatform } from './settings-left-out.ts';

/** Every setting that the code reads is set or left out with a reason, nothing else is set, and the service would start. */
export const settings: InfraCheck = {
  problems({ resources, form }: Prediction) {
    const apps = resources.filter(({ id }) => id.endsWith('/config/appsettings'));
    return apps.length === 0
      ? [`${form}: no app has settings.`]
      : apps.flatMap(({ name, properties }) =>
          problemsOf(withStandIns(properties as Readonly<Record<string, string>>)).map(
            (problem) => `${form}, ${name}: ${problem}`,
          ),
        );
  },
};

function problemsOf(set: Environment): string[] {
  const read = new Set<string>();
  const inAzure = { WEBSITE_SITE_NAME: 'predicted', AZURE_FUNCTIONS_ENVIRONMENT: 'Production' };
  const noted = new Proxy<Environment>(
    { ...set, ...inAzure },
    {
      get(target, name) {
        read.add(String(name));
        return target[String(name)];
      },
    },
  );
  const names = Object.keys(set).filter((name) => !ofThePlatform.test(name));
  const wrong = startsWith(noted);
  return [
    ...(wrong === undefined ? [] : [`the service would not start: ${wrong}`]),
    ...without(read, [...names, ...Object.keys(leftOut)])
      .filter((name) => !ofThePlatform.test(name))
      .map(
        (name) =>
          `the code reads ${name}: set it in infra/app-settings.bicep, or leave it out in scripts/infra/checks/settings-left-out.ts`,
      ),
    ...(wrong === undefined ? without(names, read) : []).map((name) => `nothing reads ${name}`),
  ];
}

function startsWith(env: Environment): string | undefined {
  try {
    readSettings(env);
    return undefined;
  } catch (error) {
    if (error instanceof SettingsError) {
      return error.message;
    }
    throw error;
  }
}

/** What only Azure knows, as something of the same kind. */
function withStandIns(set: Readonly<Record<string, string>>): Environment {
  return Object.fromEntries(
    Object.entries(set).map(([name, value]) => [
      name,
      value.startsWith('[') && !value.startsWith('[{') ? standIn(name) : value,
    ]),
  );
}

function standIn(name: string): string {
  switch (name) {
    case 'APPLICATIONINSIGHTS_CONNECTION_STRING':
      return 'InstrumentationKey=00000000-0000-4000-8000-000000000000';
    case 'DOWNSTREAM_IDENTITY':
      return '00000000-0000-4000-8000-000000000001';
    case 'AUTHORITY':
      return 'https://login.microsoftonline.com';
    case 'DATA_STORAGE':
      return 'https://predicted.table.core.windows.net';
    case 'TRAIL_COPIES':
      return 'https://predicted.blob.core.windows.net/trail';
    case 'AZURE_OPENAI_ENDPOINT':
      return 'https://predicted.openai.azure.com';
    default:
      return `${name}: a text that is as long as a secret has to be`;
  }
}
