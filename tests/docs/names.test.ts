import { describe, expect, it } from 'vitest';
import { readGuide } from '../commands/extending/guide.ts';
import { blocksOf, inlineCodeOf } from './reading/markdown.ts';
import { documents, projectFiles, readFile } from './reading/tree.ts';

const scripts = Object.keys(
  (JSON.parse(readFile('package.json')) as { scripts: Record<string, string> }).scripts,
);
const settings = Object.keys(
  (JSON.parse(readFile('local.settings.sample.json')) as { Values: Record<string, string> }).Values,
);

/** All inline code of the documents. */
const codes = documents.flatMap((file) =>
  blocksOf(readFile(file)).flatMap((block) =>
    block.kind === 'fence'
      ? []
      : inlineCodeOf(block).map(({ code, line }) => ({ code, place: `${file}:${line}` })),
  ),
);

describe('npm scripts', () => {
  it('that are named exist', () => {
    const named = documents.flatMap((file) =>
      [...readFile(file).matchAll(/npm run (?:-s )?([\w:-]*\w)/g)].map(([, name = '']) => ({ name, file })),
    );
    expect(named.filter(({ name }) => !scripts.includes(name))).toEqual([]);
  });

  it('are all named', () => {
    const words = new Set(
      documents.flatMap((file) => readFile(file).match(/(?<=npm (?:run )?(?:-s )?|`)[\w:-]*\w/g) ?? []),
    );
    expect(scripts.filter((name) => !words.has(name))).toEqual([]);
  });
});

/** Paths that exist only on the reader's machine, in Azure, or in a release. */
const ofTheReader =
  /^(contoso-mcp\.(cdx|vex)\.json|deploy-tools\.cdx\.json|(doctor|deploy-policies)\.mjs|provenance\.dsse\.json|\.local\/|dist\/|node_modules|local\.settings\.json|settings\.json$|current\.json|gateway-values\.json|\.mcp\.json|\.vscode\/)/;

const folders = new Set(
  projectFiles.flatMap((file) => {
    const parts = file.split('/').slice(0, -1);
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  }),
);
const places = [...projectFiles, ...folders];
const topFolders = [...folders].filter((folder) => !folder.includes('/'));
const fileName = /^[\w@.*<>-]+(?:\/[\w@.*<>-]+)*\.(?:cjs|json|md|mjs|ts|xml|yml)$/;

/** Files that docs/extending.md has the reader make. */
const ofTheGuide = new Set(readGuide().steps.flatMap((step) => (step.kind === 'create' ? [step.file] : [])));

const isPath = (code: string) =>
  !/\s/.test(code) &&
  !ofTheReader.test(code) &&
  !ofTheGuide.has(code) &&
  (fileName.test(code) ||
    topFolders.some((folder) => code === `${folder}/` || code.startsWith(`${folder}/`)));

/** A path may be written from the folder that the document is about; `*` and `<name>` stand for any name. */
function exists(code: string): boolean {
  const pattern = code
    .replace(/\/$/, '')
    .split(/\*|<[^>]+>/)
    .map((text) => text.replace(/[.\\+$]/g, '\\$&'))
    .join('[^/]*');
  const wanted = new RegExp(`(?:^|/)${pattern}$`);
  return places.some((place) => wanted.test(place));
}

it('paths that are named exist', () => {
  const paths = codes.filter(({ code }) => isPath(code));
  expect(paths.length).toBeGreaterThan(50);
  expect(paths.filter(({ code }) => !exists(code)).map(({ code, place }) => `${place}: ${code}`)).toEqual([]);
});

const variablesOfAzd = [
  ...readFile('infra/main.bicepparam').matchAll(/readEnvironmentVariable\('(\w+)'/g),
].map(([, name = '']) => name);

/** Variables that are not settings of the service. */
const otherVariables = [
  // of the host, see shared/platform/settings/host-port.ts
  'WEBSITE_HOSTNAME',
  'ASPNETCORE_URLS',
  'ASPNETCORE_HTTP_PORTS',
  // of a host on one's own machine, see docs/azure-fidelity.md
  'FUNCTIONS_SECRETS_PATH',
  'CONTAINER_NAME',
  ...variablesOfAzd,
  // of the hooks of azd, see scripts/azd/hooks.ts
  'SEED',
  // of infra/pipeline/enter-service.sh
  'API_CENTER',
  'API_CENTER_GROUP',
  // of infra/pipeline/deploy-package.sh
  'PUBLISH_WITH',
  // of infra/pipeline/verify-package.sh
  'PUBLIC_KEY',
  // of the outputs of infra/main.bicep
  'DOWNSTREAM_IDENTITIES',
  // of the doctor, see doctor/arguments.ts
  'DOCTOR_TOKEN',
  'DOCTOR_ROLELESS_TOKEN',
  // of tests/durable-extension/global-setup.ts
  'DURABLE_EXTENSION',
  // of the OpenTelemetry libraries, which read them themselves
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_TRACES_SAMPLER',
  'OTEL_TRACES_SAMPLER_ARG',
  // refused by Flex Consumption
  'WEBSITE_RUN_FROM_PACKAGE',
  // set by the Functions host
  'AZURE_FUNCTIONS_ENVIRONMENT',
  // read by the Functions host
  'FUNCTIONS_REQUEST_BODY_SIZE_LIMIT',
];

it('everything that azd can be told is on the page, and nothing else', () => {
  const [, after = ''] = readFile('docs/deploying.md').split('| variable | default |');
  const [table = ''] = after.split('\n\n');
  const named = [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap(
    ([, cell = '']) => cell.match(/\w{3,}/g) ?? [],
  );
  const ofAzd = ['AZURE_ENV_NAME', 'AZURE_LOCATION'];
  expect([...named, ...ofAzd].sort()).toEqual([...variablesOfAzd, 'SEED'].sort());
});

it('settings that are named are in local.settings.sample.json', () => {
  const named = codes.flatMap(({ code, place }) => {
    const [, name] = /^([A-Z]+(?:_[A-Z0-9]+)+)(?:=\S*)?$/.exec(code) ?? [];
    return name === undefined ? [] : [{ name, place }];
  });
  expect(named.length).toBeGreaterThan(30);
  const known = new Set([...settings, ...otherVariables]);
  expect(named.filter(({ name }) => !known.has(name))).toEqual([]);
});
