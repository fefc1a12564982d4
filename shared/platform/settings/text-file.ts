import { readFileSync } from 'node:fs';

/** A file whose bytes are no text in a known encoding. */
export class NoText extends Error {
  override readonly name = 'NoText';
}

/**
 * Reads a file that a person wrote or a shell made: UTF-8, with a byte order mark or without, and UTF-16 in either order,
 * which PowerShell's redirection writes. The mark is no part of the text.
 * @throws the file system's error when it cannot be read
 * @throws NoText with one sentence when it is none of these
 */
export function readTextFile(file: string | URL): string {
  const bytes = readFileSync(file);
  try {
    // drops the mark
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw new NoText(`${file} is neither UTF-8 nor UTF-16 text; save it as UTF-8.`);
  }
}

/** By the mark (Unicode Standard section 23.8); without one, by where the zero bytes of the first ASCII character are. */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) {
    return 'utf-16le';
  }
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) {
    return 'utf-16be';
  }
  return 'utf-8';
}
