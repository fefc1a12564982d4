import path from 'node:path';

/** The repository's folder. */
export const projectDir = path.resolve(import.meta.dirname, '../..');
