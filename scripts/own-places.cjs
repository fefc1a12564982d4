// The stack of an error shows the lines of the sources. Node can do that itself, but then it reads the maps of all packages
// as they are loaded, which was a tenth of a start. Here a map is read when a stack that it is for is asked for.
'use strict';
const fs = require('node:fs');
const { SourceMap } = require('node:module');
const { fileURLToPath, pathToFileURL } = require('node:url');

/** By the name of a file, as stacks have it: its map, undefined where it has none. */
const maps = new Map();

/** @param folders absolute paths of what was built here, each with a map beside every file */
function showOwnPlaces(folders) {
  const roots = folders.map((folder) => `${pathToFileURL(folder).href}/`);
  Error.prepareStackTrace = (error, sites) =>
    [headOf(error), ...sites.map((site) => `    at ${placeOf(site, roots)}`)].join('\n');
}

/** An error whose own text cannot be had has a stack all the same. */
function headOf(error) {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

function placeOf(site, roots) {
  const text = String(site);
  const file = site.getFileName();
  if (!file || !roots.some((root) => file.startsWith(root))) {
    return text;
  }
  const [line, column] = [site.getLineNumber(), site.getColumnNumber()];
  const entry = mapOf(file)?.findEntry(line - 1, column - 1);
  if (entry?.originalSource === undefined) {
    return text;
  }
  const source = new URL(entry.originalSource, file);
  // what was made while bundling is no file
  if (source.protocol !== 'file:') {
    return text;
  }
  return text.replace(
    `${file}:${line}:${column}`,
    () => `${fileURLToPath(source)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`,
  );
}

function mapOf(file) {
  if (!maps.has(file)) {
    maps.set(file, read(file));
  }
  return maps.get(file);
}

function read(file) {
  try {
    return new SourceMap(JSON.parse(fs.readFileSync(`${fileURLToPath(file.split('?')[0])}.map`, 'utf8')));
  } catch {
    return undefined;
  }
}

module.exports = { showOwnPlaces };
