import { afterEach, describe, expect, test } from 'vitest';
import { isDisabled, resolveSettings } from '#emulators/host/settings/environment';
import { type HostSettings, loadSettings } from '#emulators/host/settings/settings';
import { createAppFolder } from './app-folder.ts';

const cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const task of cleanUp.splice(0).reverse()) {
    task();
  }
});

function load(files: Record<string, unknown>, environment: Record<string, string> = {}): HostSettings {
  const app = createAppFolder(files);
  for (const [name, value] of Object.entries(environment)) {
    process.env[name] = value;
  }
  cleanUp.push(() => {
    for (const name of Object.keys(environment)) {
      delete process.env[name];
    }
    app.remove();
  });
  const settings = loadSettings(app.dir);
  cleanUp.push(settings.restore);
  return settings;
}

const localSettings = (Values: unknown, rest: object = {}) => ({
  'local.settings.json': { IsEncrypted: false, Values, ...rest },
});

describe('local.settings.json', () => {
  test('becomes the environment, and is taken back afterwards', () => {
    const settings = load(localSettings({ HOST_TEST_A: 'file', HOST_TEST_FLAG: true, HOST_TEST_NUMBER: 5 }));
    expect(process.env).toMatchObject({ HOST_TEST_A: 'file', HOST_TEST_FLAG: 'True', HOST_TEST_NUMBER: '5' });
    settings.restore();
    expect(process.env.HOST_TEST_A).toBeUndefined();
  });

  test('loses against a variable that is already set, and the log says so', () => {
    const { notices } = load(localSettings({ HOST_TEST_A: 'file' }), { HOST_TEST_A: 'shell' });
    expect(process.env.HOST_TEST_A).toBe('shell');
    expect(notices).toEqual([
      "Skipping 'HOST_TEST_A' from local settings as it's already defined in current environment variables.",
    ]);
  });

  test('wins against an empty variable', () => {
    load(localSettings({ HOST_TEST_A: 'file' }), { HOST_TEST_A: '' });
    expect(process.env.HOST_TEST_A).toBe('file');
  });

  test('may have comments and a byte order mark', () => {
    load({
      'local.settings.json': `\uFEFF{ // plain
        "IsEncrypted": false, /* values */ "Values": { "HOST_TEST_A": "http://x // y" } }`,
    });
    expect(process.env.HOST_TEST_A).toBe('http://x // y');
  });

  test('gives connection strings their names', () => {
    load(
      localSettings(
        {},
        { ConnectionStrings: { Db: 'one', Other: { ConnectionString: 'two', ProviderName: 'p' } } },
      ),
    );
    expect(process.env['ConnectionStrings:Db']).toBe('one');
    expect(process.env['ConnectionStrings:Other']).toBe('two');
  });

  test('sets port and CORS of the host', () => {
    const { local } = load(
      localSettings({}, { Host: { LocalHttpPort: 7099, CORS: 'https://a', CORSCredentials: true } }),
    );
    expect(local).toMatchObject({ port: 7099, cors: 'https://a', corsCredentials: true });
  });

  test.each([
    ['no IsEncrypted, which means true', { Values: {} }, /has no "IsEncrypted".*"IsEncrypted": false/],
    ['encrypted values', { IsEncrypted: true, Values: {} }, /is encrypted/],
    ['a nested value', { IsEncrypted: false, Values: { A: { b: 1 } } }, /"Values\.A".*one string/],
    ['broken JSON', '{', /local\.settings\.json is not valid JSON/],
    ['a list', '[]', /must hold a JSON object/],
  ])('is refused with %s', (_what, content, message) => {
    expect(() => load({ 'local.settings.json': content })).toThrow(message);
  });
});

describe('host.json', () => {
  const hostJson = (content: object) => ({ 'host.json': { version: '2.0', ...content } });

  test('has the defaults of the real host', () => {
    expect(load(hostJson({})).hostJson).toMatchObject({ routePrefix: 'api', functionTimeout: 1_800_000 });
  });

  test('is overridden by the environment, and by local.settings.json through it', () => {
    const files = {
      ...hostJson({ functionTimeout: '00:05:00', extensions: { http: { routePrefix: 'x' } } }),
      ...localSettings({ AzureFunctionsJobHost__functionTimeout: '00:00:10' }),
    };
    const { hostJson: json } = load(files, {
      AzureFunctionsJobHost__Extensions__HTTP__routeprefix: 'y',
      AzureFunctionsJobHost__logging__logLevel__Function: 'Error',
    });
    expect(json).toMatchObject({
      routePrefix: 'y',
      functionTimeout: 10_000,
      logLevels: { Function: 'Error' },
    });
  });

  test('may switch the time limit off', () => {
    expect(load(hostJson({ functionTimeout: '-1' })).hostJson.functionTimeout).toBeUndefined();
  });

  test.each([
    ['is missing', { 'host.json': undefined }, /host\.json does not exist.*--dir/],
    ['has another version', { 'host.json': { version: '1.0' } }, /"version".*"2\.0".*"1\.0"/],
    [
      'has a wrong time limit',
      hostJson({ functionTimeout: 'soon' }),
      /"functionTimeout".*"soon".*"00:05:00"/,
    ],
  ])('is refused when it %s', (_what, files, message) => {
    expect(() => load(files)).toThrow(message);
    expect(process.env.AzureWebJobsScriptRoot).toBeUndefined();
  });
});

test('another runtime than node is refused', () => {
  expect(() => load(localSettings({ FUNCTIONS_WORKER_RUNTIME: 'python' }))).toThrow(/"python".*"node" only/);
});

test('%NAME% is replaced by the app setting, and a missing one is named', () => {
  expect(resolveSettings('%A%-%B%', { A: '1', B: '2' })).toBe('1-2');
  expect(resolveSettings('100 % of 5%', {})).toBe('100 % of 5%');
  expect(() => resolveSettings('%A%', {})).toThrow("'%A%' does not resolve to a value: set A.");
});

test.each([
  [{ 'AzureWebJobs.f.Disabled': 'true' }, true],
  [{ 'AzureWebJobs.f.Disabled': '1' }, true],
  [{ AzureWebJobs__f__Disabled: 'True' }, true],
  [{ 'AzureWebJobs.f.Disabled': 'false' }, false],
  [{ 'AzureWebJobs.g.Disabled': 'true' }, false],
])('%j disables f: %s', (environment, disabled) => {
  expect(isDisabled('f', environment)).toBe(disabled);
});
