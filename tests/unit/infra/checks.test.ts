import { describe, expect, it } from 'vitest';
import { privateNetwork } from '../../../scripts/infra/checks/private.ts';
import { secrets } from '../../../scripts/infra/checks/secrets.ts';
import { settings } from '../../../scripts/infra/checks/settings.ts';
import { complete, prediction, resource } from './predictions.ts';

const appSettings = (set: Record<string, string>) =>
  prediction([resource('Microsoft.Web/sites/config', 'func/appsettings', set)]);

describe('app settings', () => {
  it('that are complete are in order', () => {
    expect(settings.problems(appSettings(complete))).toEqual([]);
  });

  it('a setting that the code reads has to be set, or left out with a reason', () => {
    const { LOG_LEVEL: _, ...rest } = complete;
    expect(settings.problems(appSettings(rest)).join()).toContain('the code reads LOG_LEVEL');
  });

  it('a setting that nothing reads is told', () => {
    expect(settings.problems(appSettings({ ...complete, LOG_COLOUR: 'red' }))).toEqual([
      'private, func/appsettings: nothing reads LOG_COLOUR',
    ]);
  });

  it('a value with which the service would not start is told', () => {
    const [problem] = settings.problems(appSettings({ ...complete, AUTH_MODE: 'passthrough' }));
    expect(problem).toContain('the service would not start: AUTH_MODE is passthrough');
  });

  it('none at all are not in order', () => {
    expect(settings.problems(prediction([]))).toEqual(['private: no app has settings.']);
  });
});

describe('secrets', () => {
  it('that stand in an app setting are told', () => {
    expect(secrets.problems(appSettings({ ...complete, GATEWAY_KEY: 'in the open' }))).toEqual([
      'private, func/appsettings: GATEWAY_KEY is no reference to the key vault',
    ]);
  });

  it.each(["[listKeys('x').keys[0].value]", "[reference('x').ConnectionString]"])(
    'that are an output are told: %s',
    (value) => {
      expect(secrets.problems(prediction([], { KEY: value }))).toEqual([
        'private: the output KEY has a secret in it',
      ]);
    },
  );

  it('a storage account that takes keys is told', () => {
    const account = resource('Microsoft.Storage/storageAccounts', 'st', {});
    expect(secrets.problems(prediction([account]))).toEqual(['private: st takes keys']);
  });
});

describe('the private network', () => {
  const site = (access: string) => resource('Microsoft.Web/sites', 'func', { publicNetworkAccess: access });
  const endpoint = resource('Microsoft.Network/privateEndpoints', 'pe', {
    privateLinkServiceConnections: [
      { properties: { privateLinkServiceId: site('').id, groupIds: ['sites'] } },
    ],
  });

  it('has an address for everything that has one', () => {
    expect(privateNetwork.problems(prediction([site('Disabled'), endpoint]))).toEqual([]);
    expect(privateNetwork.problems(prediction([site('Disabled')]))).toEqual([
      'Microsoft.Web/sites func has no address in the private network for sites',
    ]);
  });

  it('leaves nothing open', () => {
    expect(privateNetwork.problems(prediction([site('Enabled'), endpoint]))).toEqual([
      'Microsoft.Web/sites func is reached from outside',
    ]);
  });

  it('does not pass over a kind of resource that nobody thought of', () => {
    const cache = resource('Microsoft.Cache/redis', 'cache', { publicNetworkAccess: 'Enabled' });
    expect(privateNetwork.problems(prediction([cache])).join()).toContain(
      'say in scripts/infra/checks/private.ts',
    );
  });
});
