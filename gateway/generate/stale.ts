import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readRegistry } from '../registry.ts';
import { gatewayDocument } from './document.ts';
import { generatedFiles } from './files.ts';
import { policyTexts, policyTextsFile } from './policy-texts.ts';
import { notice } from './xml.ts';

/** Path from the policies folder to the document that lists what may be used. */
const documentFile = '../docs/gateway.md';

/** Files that are not as they would be generated, with their new text; undefined for one that has to go. */
export function staleFiles(folder: string): ReadonlyMap<string, string | undefined> {
  const wanted = new Map<string, string | undefined>(generatedFiles(readRegistry()));
  wanted.set(documentFile, gatewayDocument(read(path.join(folder, documentFile)) ?? ''));
  const kept: string[] = [];
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const known = file.replaceAll(path.sep, '/');
    if (known.endsWith('.xml') && !wanted.has(known)) {
      if (read(path.join(folder, file))?.includes(notice)) {
        wanted.set(known, undefined);
      } else {
        kept.push(known);
      }
    }
  }
  const generated = [...wanted].flatMap(([file, text]) =>
    file.endsWith('.xml') && text !== undefined ? [file] : [],
  );
  wanted.set(policyTextsFile, policyTexts([...kept, ...generated]));
  return new Map([...wanted].filter(([file, text]) => read(path.join(folder, file)) !== text));
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
