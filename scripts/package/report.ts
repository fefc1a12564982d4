import path from 'node:path';
import { counted } from '#platform/counted';
import type { Package } from './package.ts';

const listed = 8;

/** What was made, for a person: where it is, how large it is, and what makes it large. */
export function reportLines({
  dir,
  zip,
  files,
  zipBytes,
  loadedAtStart,
}: Omit<Package, 'metafile'>): string[] {
  const maps = files.filter(({ name }) => name.endsWith('.map'));
  const total = sum(files);
  const start = sum(loadedAtStart);
  return [
    `${path.relative('', dir)}: ${counted(files.length, 'file')}, ${kilobytes(total)} (${kilobytes(sum(maps))} of them source maps)`,
    `${path.relative('', zip)}: ${kilobytes(zipBytes)}`,
    '',
    `Code that every start loads: ${kilobytes(start)}`,
    ...loadedAtStart.slice(0, listed).map(({ name, bytes }) => `  ${kilobytes(bytes).padStart(8)}  ${name}`),
  ];
}

function sum(parts: readonly { readonly bytes: number }[]): number {
  return parts.reduce((total, { bytes }) => total + bytes, 0);
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} kB`;
}
