import { readFile } from 'node:fs/promises';

/** What scanners report of the product and does not apply (OpenVEX 0.2.0), as far as it is looked at. */
export interface Vex {
  readonly statements: readonly {
    readonly vulnerability: { readonly name: string };
    readonly products: readonly {
      readonly '@id': string;
      readonly subcomponents: readonly { readonly '@id': string }[];
    }[];
    readonly status: string;
    readonly justification: string;
    readonly impact_statement: string;
  }[];
}

export async function readVex(file: string): Promise<Vex> {
  return JSON.parse(await readFile(file, 'utf8'));
}

/** `name@version` of a package of npm by its address (purl). */
export const nameOfUrl = (url: string): string => decodeURIComponent(url.replace(/^pkg:npm\//, ''));
