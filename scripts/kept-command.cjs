// A command is made of hundreds of modules, and reading each through tsx took longer than most commands do. So what an
// entry point imports from the project is put together once, by esbuild, and kept in .local/commands/ until one of these
// files changes. JavaScript, because it is what reads TypeScript here.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const projectDir = path.resolve(__dirname, '..');
const folder = path.join(projectDir, '.local/commands');
/** What decides how it is put together, beside the sources. */
const always = ['package.json', 'package-lock.json', 'tsconfig.json', 'scripts/kept-command.cjs'];
/** Milliseconds for which an older one stays: a process that goes on may import from it later. */
const keptFor = 7 * 24 * 3_600_000;

/**
 * The file to import instead of an entry point; undefined where none can be kept: in a folder that takes no files, or
 * when esbuild has something to say, which tsx says better.
 * @param entry absolute path
 */
async function keptCommand(entry) {
  const name = path.relative(projectDir, entry).replace(/\.ts$/, '').replaceAll(path.sep, '+');
  const record = path.join(folder, `${name}.json`);
  try {
    return freshOf(record) ?? (hasOwnPackage(entry) ? undefined : await make(entry, name, record));
  } catch {
    return undefined;
  }
}

/** What was put together before, when nothing that it is made of has changed. */
function freshOf(record) {
  if (!fs.existsSync(record)) {
    return undefined;
  }
  const { file, inputs } = JSON.parse(fs.readFileSync(record, 'utf8'));
  const fresh = Object.entries(inputs).every(([input, state]) => stateOf(input) === state);
  return fresh && fs.existsSync(file) ? file : undefined;
}

/** When a file was changed, in whole milliseconds as copies keep it, and its length; undefined when it is not there. */
function stateOf(input) {
  const stat = fs.statSync(path.join(projectDir, input), { throwIfNoEntry: false });
  return stat && `${Math.round(stat.mtimeMs)} ${stat.size}`;
}

/** A folder with packages of its own: they are not found from where commands are kept. */
function hasOwnPackage(entry) {
  for (let dir = path.dirname(entry); dir !== projectDir; dir = path.dirname(dir)) {
    if (dir === path.dirname(dir) || fs.existsSync(path.join(dir, 'package.json'))) {
      return true;
    }
  }
  return false;
}

async function make(entry, name, record) {
  fs.mkdirSync(folder, { recursive: true });
  const begun = Date.now();
  const outdir = fs.mkdtempSync(path.join(folder, `${name}-`));
  try {
    const esbuild = await import('esbuild');
    const { metafile } = await esbuild.build(optionsFor(entry, outdir));
    await esbuild.stop();
    const inputs = [...always, ...Object.keys(metafile.inputs)].map((input) => [input, stateOf(input)]);
    const file = path.join(outdir, `${path.basename(entry, '.ts')}.mjs`);
    // what was changed meanwhile is put together again next time
    const last = Math.max(...inputs.map(([, state = '0']) => Number.parseFloat(state)));
    if (last < begun) {
      write(record, JSON.stringify({ file, inputs: Object.fromEntries(inputs) }));
    }
    removeOld(name, begun);
    return file;
  } catch (error) {
    fs.rmSync(outdir, { recursive: true, force: true });
    throw error;
  }
}

/** At once, because others may read it. */
function write(file, text) {
  const other = `${file}.${process.pid}`;
  fs.writeFileSync(other, text);
  fs.renameSync(other, file);
}

function removeOld(name, now) {
  for (const entry of fs.readdirSync(folder)) {
    const dir = path.join(folder, entry);
    if (entry.startsWith(`${name}-`) && now - fs.statSync(dir).mtimeMs > keptFor) {
      fs.rmSync(dir, { recursive: true, force: true });
    }
  }
}

function optionsFor(entry, outdir) {
  return {
    absWorkingDir: projectDir,
    entryPoints: [entry],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // what a command imports later is loaded later
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    // errors are told by the names of their classes
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    logLevel: 'silent',
    define: { 'import.meta.url': '__ownUrl', 'import.meta.dirname': '__ownDir' },
    plugins: [{ name: 'places', setup: tellPlaces }],
  };
}

/** A module that asks for its own place is told that of its source. */
function tellPlaces(build) {
  build.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
    const text = await fs.promises.readFile(file, 'utf8');
    if (!text.includes('import.meta.')) {
      return undefined;
    }
    const url = JSON.stringify(pathToFileURL(file).href);
    const dir = JSON.stringify(path.dirname(file));
    return { contents: `const __ownUrl = ${url}, __ownDir = ${dir}; ${text}`, loader: 'ts' };
  });
}

module.exports = { keptCommand };
