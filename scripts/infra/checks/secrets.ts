import type { InfraCheck } from '../check.ts';
import type { Prediction } from '../predict.ts';

const secretPlaces =
  /connectionstring|instrumentationkey|listkeys|listsecrets|newguid|sharedaccess|\.value\b/i;
/** App settings that are secrets: each comes from the key vault. */
const secretSettings = ['GATEWAY_KEY', 'STATE_SIGNING_KEY', 'SIGN_IN_CLIENT_SECRET', 'SIGN_IN_KEYS'];

/** No secret is an output, which everybody sees who may look at deployments, or stands in an app setting. */
export const secrets: InfraCheck = {
  problems({ form, outputs, resources }: Prediction) {
    const shown = Object.entries(outputs).filter(([, value]) => secretPlaces.test(JSON.stringify(value)));
    const settings = resources.filter(({ id }) => id.endsWith('/config/appsettings'));
    return [
      ...shown.map(([name]) => `${form}: the output ${name} has a secret in it`),
      ...settings.flatMap(({ name, properties }) =>
        secretSettings
          .filter(
            (setting) =>
              setting in properties && !String(properties[setting]).includes('@Microsoft.KeyVault('),
          )
          .map((setting) => `${form}, ${name}: ${setting} is no reference to the key vault`),
      ),
      ...resources.flatMap(({ type, name, properties }) =>
        type === 'Microsoft.Storage/storageAccounts' && properties.allowSharedKeyAccess !== false
          ? [`${form}: ${name} takes keys`]
          : [],
      ),
    ];
  },
};
