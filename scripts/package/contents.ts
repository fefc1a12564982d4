import { builtinModules } from 'node:module';
import type { Metafile } from 'esbuild';
import { suppliedByWorker } from './bundle.ts';
import { laterNamed } from './load-when-used.ts';
import { loadedLater, onlyForJobs } from './loaded-later.ts';
import { triggers } from './triggers.ts';

type Output = Metafile['outputs'][string];

/** Libraries that keep state of the process: a second copy would register its functions where nobody looks. */
const onlyOnce = ['@azure/functions', 'durable-functions'];

/** Not to be loaded at every start: needed by some deployments alone, or not before the first token or request to storage. */
const onlyLater = [
  '@azure/data-tables',
  '@azure/identity',
  'jose',
  'openai',
  ...onlyForJobs.dependencies.map((name) => name.split('/')[0] ?? name),
];

/** What answers without a language model, and what is loaded when there is one. */
const offlineModel = /\/experts\/(?:models\/)?offline\//;
const languageModel = /\/experts\/models\/(?:open-servers|openai-[\w-]+)\.ts$/;

/**
 * Refuses a bundle that would start and then fail, or start slowly.
 * @throws Error saying what is wrong and which file brought it in
 */
export function checkContents({ inputs, outputs }: Metafile): void {
  for (const name of onlyOnce) {
    const copies = foldersOf(name, Object.keys(inputs));
    if (copies.length > 1) {
      throw new Error(`${name} would be loaded twice: ${copies.join(' and ')}.`);
    }
  }
  for (const output of Object.values(outputs)) {
    const missing = output.imports.find(({ external, path }) => external && !isThere(path));
    if (missing !== undefined) {
      throw new Error(`${missing.path} is imported and not in the bundle; the artifact has no node_modules.`);
    }
  }
  const early = new Set(filesOf(startOutputs(outputs)));
  for (const name of onlyLater) {
    const [folder] = foldersOf(name, [...early]);
    if (folder !== undefined) {
      throw new Error(`${name} is loaded at every start; have it loaded where it is used.`);
    }
  }
  const offline = filesOf(loadedWithModel(outputs)).find((file) => offlineModel.test(file));
  if (offline !== undefined) {
    throw new Error(
      `${offline} is loaded with a language model, which needs none of it; have it loaded lazily.`,
    );
  }
}

/** What is loaded where a language model is configured: what every start loads, and what asks the model. */
function loadedWithModel(outputs: Metafile['outputs']): Output[] {
  const asks = ({ inputs }: Output) => Object.keys(inputs).some((file) => languageModel.test(file));
  return loadedFrom(outputs, (output) => holdsTriggers(output) || asks(output));
}

function filesOf(outputs: readonly Output[]): string[] {
  return outputs.flatMap(({ inputs }) => Object.keys(inputs));
}

function isThere(name: string): boolean {
  const supplied = name === suppliedByWorker || name.startsWith('node:') || builtinModules.includes(name);
  return supplied || loadedLater.some((later) => laterNamed(name, later) !== undefined);
}

/** Where copies of a package are, by the files that were taken from it. */
function foldersOf(name: string, files: readonly string[]): string[] {
  const part = `node_modules/${name}/`;
  const folders = files
    .filter((file) => file.includes(part))
    .map((file) => file.slice(0, file.lastIndexOf(part) + part.length - 1));
  return [...new Set(folders)];
}

/** What is loaded before the first request: the triggers, and what they import other than lazily. */
export function startOutputs(outputs: Metafile['outputs']): Output[] {
  return loadedFrom(outputs, holdsTriggers);
}

function holdsTriggers({ entryPoint }: Output): boolean {
  return entryPoint === triggers;
}

/** Some files of a bundle, and all that they import other than lazily. */
function loadedFrom(outputs: Metafile['outputs'], isFirst: (output: Output) => boolean): Output[] {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    const output = outputs[file];
    if (output === undefined || seen.has(file)) {
      return;
    }
    seen.add(file);
    for (const { path, kind, external } of output.imports) {
      if (kind !== 'dynamic-import' && !external) {
        visit(path);
      }
    }
  };
  for (const [file, output] of Object.entries(outputs)) {
    if (isFirst(output)) {
      visit(file);
    }
  }
  return [...seen].flatMap((file) => outputs[file] ?? []);
}

/** A package, or a room of the product, and how many bytes of the code it makes up. */
export interface Share {
  readonly name: string;
  readonly bytes: number;
}

/** Where the bytes of the code come from, the largest first. */
export function sharesOf(outputs: readonly Output[]): Share[] {
  const sums = new Map<string, number>();
  for (const { inputs } of outputs) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const name = ownerOf(file);
      sums.set(name, (sums.get(name) ?? 0) + bytesInOutput);
    }
  }
  return [...sums].map(([name, bytes]) => ({ name, bytes })).sort((a, b) => b.bytes - a.bytes);
}

function ownerOf(file: string): string {
  const inPackage = file.split('node_modules/').at(-1);
  if (inPackage === undefined || inPackage === file) {
    return file.split('/')[0] ?? file;
  }
  return inPackage.split('/', inPackage.startsWith('@') ? 2 : 1).join('/');
}
