import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectDir } from '#scripts/lib/project-dir';
import { scenes } from '#scripts/pictures/scenes';
import { documents, readFile } from './reading/tree.ts';

const folder = 'docs/pictures';
/** A page is read by many, and all of its pictures come with it. */
const mostBytes = 150_000;

const taken = scenes.flatMap(({ pictures }) => pictures.map((name) => `${name}.png`)).sort();

/** What a page shows: the file, from the root of the project, and what is said of it to whoever cannot see it. */
function shownBy(document: string): readonly { readonly file: string; readonly says: string }[] {
  const text = readFile(document);
  const shown = [
    ...[...text.matchAll(/!\[([^\]]*)\]\(([^)\s]+)\)/g)].map(([, says = '', file = '']) => ({ file, says })),
    ...[...text.matchAll(/<img src="([^"]+)" alt="([^"]*)">/g)].map(([, file = '', says = '']) => ({
      file,
      says,
    })),
  ];
  // in the place of another, so that what is said of that one is said of it
  const instead = [...text.matchAll(/<source [^>]*srcset="([^"]+)">\s*<img src="[^"]+" alt="([^"]*)">/g)];
  return [...shown, ...instead.map(([, file = '', says = '']) => ({ file, says }))].map(({ file, says }) => ({
    file: path.posix.join(path.posix.dirname(document), file),
    says,
  }));
}

describe('the pictures of a real run', () => {
  const shown = documents.flatMap(shownBy).filter(({ file }) => file.startsWith(`${folder}/`));

  it('are those that the command takes, and those that pages show', () => {
    expect(taken.length).toBeGreaterThan(0);
    expect(readdirSync(path.join(projectDir, folder)).sort()).toEqual(taken);
    expect([...new Set(shown.map(({ file }) => path.basename(file)))].sort()).toEqual(taken);
  });

  it('are said in words to whoever cannot see them', () => {
    expect(shown.filter(({ says }) => says.split(' ').length < 6)).toEqual([]);
  });

  it.each(taken)('%s is a PNG, and small', (name) => {
    const picture = readFileSync(path.join(projectDir, folder, name));
    expect(picture.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(picture.length).toBeLessThanOrEqual(mostBytes);
  });
});
