import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import { glob } from 'tinyglobby';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { businessTools } from '#contoso/tools/index';
import { projectDir } from '#scripts/lib/project-dir';
import { checkContents, startOutputs } from '#scripts/package/contents';
import { checkStandIns, standIns } from '#scripts/package/load-when-used';
import { answerValidation, loadedLater } from '#scripts/package/loaded-later';
import { makePackage } from '#scripts/package/package';
import { reportLines } from '#scripts/package/report';
import { triggers } from '#scripts/package/triggers';
import { filesIn } from '#scripts/package/zip';
import { runNode } from '../../support/run.ts';
import { type Artifact, makeArtifact } from './artifact.ts';

let artifact: Artifact;

beforeAll(async () => {
  artifact = await makeArtifact();
});

afterAll(async () => {
  await artifact?.remove();
});

/** What a library gets when it asks for one of its dependencies. */
const gotBy = (library: string) => createRequire(createRequire(import.meta.url).resolve(library));

const read = (file: string) => readFile(path.join(artifact.dir, file), 'utf8');

describe('the artifact', () => {
  it('holds the host file, the manifest and the bundle, and nothing else', async () => {
    const files = await filesIn(artifact.dir);
    const others = files.filter(
      (file) => !/^dist\/((functions\/all|chunks\/[\w-]+)\.js(\.map)?|later\/[\w-]+\.cjs)$/.test(file),
    );
    expect(others).toEqual(['host.json', 'package.json']);
    expect(files).toEqual(artifact.made.files.map(({ name }) => name));
    // a script and its map for each part that is loaded at its own time
    expect(files.length).toBeLessThan(160);
  });

  it('has every trigger in the file that the host loads', async () => {
    const files = await glob('functions/*.ts', { cwd: projectDir });
    const { sources } = JSON.parse(await read('dist/functions/all.js.map')) as { sources: string[] };
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((file) => !sources.some((source) => source.endsWith(`/${file}`)))).toEqual([]);
  });

  it('needs no installation', async () => {
    const manifest = JSON.parse(await read('package.json'));
    expect(manifest).toMatchObject({ type: 'module', main: 'dist/functions/all.js', engines: {} });
    expect(Object.keys(manifest).filter((key) => /dependencies|scripts/i.test(key))).toEqual([]);
  });

  it('has a source map beside every script, without the sources', async () => {
    const scripts = (await filesIn(artifact.dir)).filter((file) => file.endsWith('.js'));
    for (const script of scripts) {
      expect(await read(script)).toContain(`//# sourceMappingURL=${path.basename(script)}.map`);
      expect(JSON.parse(await read(`${script}.map`)).sourcesContent ?? []).toEqual([]);
    }
  });

  it('is the same bytes every time, in every time zone', async () => {
    const target = path.join(path.dirname(artifact.dir), 'again');
    const loader = path.join(projectDir, 'node_modules/tsx/dist/esm/index.mjs');
    const make = `import { makePackage } from ${JSON.stringify(path.join(projectDir, 'scripts/package/package.ts'))};
      await makePackage(process.argv[1]);`;
    const node = ['--import', loader, '--input-type=module', '-e', make, target];
    expect(await runNode(node, { TZ: 'Asia/Tokyo' })).toMatchObject({ code: 0, output: '' });
    const again = await readFile(path.join(target, 'contoso-mcp.zip'));
    expect(again.equals(await readFile(artifact.made.zip))).toBe(true);
  });

  it('is described by size and by what makes it large', () => {
    const report = reportLines(artifact.made).join('\n');
    expect(report).toMatch(/app: \d+ files, \d+ kB \(\d+ kB of them source maps\)/);
    expect(report).toMatch(/contoso-mcp\.zip: \d+ kB/);
    expect(report).toMatch(/\d+ kB {2}@modelcontextprotocol\/server/);
  });

  it('loads less than 1.8 megabytes at the start, from a handful of files', () => {
    const bytes = artifact.made.loadedAtStart.reduce((total, share) => total + share.bytes, 0);
    expect(bytes).toBeLessThan(1.8 * 1024 * 1024);
    expect(startOutputs(artifact.made.metafile.outputs).length).toBeLessThan(10);
  });

  it('has the definitions of its tools ready', async () => {
    const start = artifact.made.files.filter(({ name }) => /^dist\/chunks\/chunk-.*\.js$/.test(name));
    const texts = await Promise.all(start.map(({ name }) => read(name)));
    const [ready = '', ...others] = texts.flatMap(
      (text) => /readyDefinitions = new Map\(JSON\.parse\((['"`].*['"`])\)\);/.exec(text)?.[1] ?? [],
    );
    expect(others).toEqual([]);
    for (const { name } of businessTools) {
      expect(ready).toContain(`"name":"${name}"`);
    }
  });

  it('has parts of which each can be loaded first', async () => {
    const parts = artifact.made.files.flatMap(({ name }) => /^dist\/(chunks\/.*\.js)$/.exec(name)?.[1] ?? []);
    const script = parts
      .map((part) => `await import('./${part}');`)
      .reverse()
      .join('\n');
    await writeFile(path.join(artifact.dir, 'dist/parts.mjs'), `${script}\nprocess.exit(0);`);
    expect(parts.length).toBeGreaterThan(30);
    // a part that waited for itself would end it with 13
    expect(await runNode([path.join(artifact.dir, 'dist/parts.mjs')])).toMatchObject({ code: 0 });
  });

  it('has the offline model in parts of its own', async () => {
    const maps = await glob('dist/**/*.js.map', { cwd: artifact.dir });
    const sources = await Promise.all(maps.map(read));
    const offline = sources.filter((text) => /experts\/(?:models\/)?offline\//.test(text));
    expect(offline.length).toBeGreaterThan(0);
    expect(offline.filter((text) => /experts\/models\/(?:client|openai-)/.test(text))).toEqual([]);
  });

  const apart = loadedLater.flatMap(({ library, dependencies }) =>
    dependencies.map((name) => [name, library] as const),
  );
  it.each(apart)('has %s in a file that is loaded when %s first uses it', (name, library) => {
    const require = createRequire(path.join(artifact.dir, 'dist/functions/all.js'));
    const there = require(`../later/${name.replace('@', '').replaceAll('/', '-')}.cjs`);
    const wanted = Object.keys(gotBy(library)(name)).filter((key) => key !== 'default');
    expect(Object.keys(there)).toEqual(expect.arrayContaining(wanted));
  });

  it('validates by JSON Schema what it loads Ajv for', async () => {
    const file = path.join(artifact.dir, 'dist/functions/validating.mjs');
    const schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
    await build({
      stdin: {
        contents: `import { fromJsonSchema } from '@modelcontextprotocol/server';
          const { validate } = fromJsonSchema(${JSON.stringify(schema)})['~standard'];
          const results = [validate({ name: 'Sara' }), validate({ name: 1 }), validate({})];
          console.log(results.map(({ issues }) => (issues === undefined ? 'valid' : 'invalid')).join());`,
        resolveDir: projectDir,
      },
      outfile: file,
      bundle: true,
      platform: 'node',
      format: 'esm',
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
      plugins: [standIns(answerValidation)],
    });
    expect(await readFile(file, 'utf8')).not.toContain('ajv/dist');
    expect(await runNode([file])).toMatchObject({ code: 0, output: 'valid,invalid,invalid\n' });
  });
});

describe('a bundle is refused', () => {
  const output = (more: object) => ({ bytes: 1, inputs: {}, imports: [], exports: [], ...more });
  const entry = (more: object) => output({ entryPoint: triggers, ...more });
  const metafile = (outputs: object, inputs: object = {}) => ({ inputs, outputs }) as Metafile;

  it('when two copies of the Functions library are in it', () => {
    const files = {
      'node_modules/@azure/functions/index.js': {},
      'node_modules/durable-functions/node_modules/@azure/functions/index.js': {},
    };
    expect(() => checkContents(metafile({}, files))).toThrow('@azure/functions would be loaded twice');
  });

  it('when a library is missing in it', () => {
    const imports = [{ path: 'left-pad', kind: 'require-call', external: true }];
    expect(() => checkContents(metafile({ 'a.js': entry({ imports }) }))).toThrow('left-pad is imported');
  });

  it.each(['@azure/identity', 'axios', 'lodash'])('when it loads %s at every start', (name) => {
    const identity = output({ inputs: { [`node_modules/${name}/index.js`]: { bytesInOutput: 1 } } });
    const chunk = (kind: string) => entry({ imports: [{ path: 'chunk.js', kind }] });
    const bundled = (kind: string) => metafile({ 'a.js': chunk(kind), 'chunk.js': identity });
    expect(() => checkContents(bundled('import-statement'))).toThrow(`${name} is loaded at every`);
    expect(() => checkContents(bundled('dynamic-import'))).not.toThrow();
  });

  it.each([
    'shared/platform/experts/models/offline/steps.ts',
    'shared/contoso/experts/offline/plans/index.ts',
  ])('when %s is loaded with a language model', (file) => {
    const parts = (name: string) => ({ [name]: { bytesInOutput: 1 } });
    const asks = 'shared/platform/experts/models/openai-chat.ts';
    const bundled = (kind: string) =>
      metafile({
        'a.js': entry({ imports: [{ path: 'chat.js', kind: 'dynamic-import' }] }),
        'chat.js': output({ inputs: parts(asks), imports: [{ path: 'offline.js', kind }] }),
        'offline.js': output({ inputs: parts(file) }),
      });
    expect(() => checkContents(bundled('import-statement'))).toThrow(
      `${file} is loaded with a language model`,
    );
    expect(() => checkContents(bundled('dynamic-import'))).not.toThrow();
  });

  it('when a library does not ask for what it is to load later', () => {
    const later = { library: 'some-library', dependencies: ['large'] };
    expect(() => checkStandIns(later, {})).toThrow('some-library does not ask for large any more');
    const asked = metafile({}, { 'later-some-library:large': {} });
    expect(() => checkStandIns(later, asked.inputs)).not.toThrow();
  });

  it('and not when all is well', () => {
    const imports = ['node:fs', 'crypto', '@azure/functions-core'].map((name) => ({
      path: name,
      kind: 'require-call',
      external: true,
    }));
    expect(() => checkContents(metafile({ 'a.js': entry({ imports }) }))).not.toThrow();
  });
});

it('replaces what an earlier run left', async () => {
  const target = path.dirname(artifact.made.dir);
  const before = await filesIn(target);
  await makePackage(target);
  expect(await filesIn(target)).toEqual(before);
});
