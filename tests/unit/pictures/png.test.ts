import { deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { withPalette } from '#scripts/pictures/png';

const signature = Buffer.from('89504e470d0a1a0a', 'hex');

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
}

/** Lines of red, green and blue, each as a filter tells it. */
function png(width: number, lines: readonly (readonly number[])[], kind = 2): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(lines.length, 4);
  header.set([8, kind], 8);
  const data = deflateSync(Buffer.from(lines.flat()));
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data.subarray(0, 5)),
    chunk('IDAT', data.subarray(5)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function partOf(file: Buffer, type: string): Buffer {
  const at = file.indexOf(type, 0, 'latin1');
  return file.subarray(at + 4, at + 4 + file.readUInt32BE(at - 4));
}

/** The colours of each line, by the palette. */
function read(file: Buffer, width: number): readonly (readonly string[])[] {
  const palette = partOf(file, 'PLTE').toString('hex').match(/.{6}/g) ?? [];
  const lines = inflateSync(partOf(file, 'IDAT'));
  return Array.from({ length: lines.length / (width + 1) }, (_, y) =>
    [...lines.subarray(y * (width + 1) + 1, (y + 1) * (width + 1))].map((place) => palette[place] ?? ''),
  );
}

describe('a picture with a palette', () => {
  it('has the colours of the one that it was made from, however its lines are told', () => {
    const told = [
      [0, 10, 20, 30, 40, 50, 60],
      // what is left, above, between both, and the nearest of three (Paeth)
      [1, 10, 20, 30, 30, 30, 30],
      [2, 0, 0, 0, 1, 1, 1],
      [3, 5, 10, 15, 3, 3, 3],
      [4, 0, 0, 0, 2, 2, 2],
    ];
    expect(read(withPalette(png(2, told)), 2)).toEqual([
      ['0a141e', '28323c'],
      ['0a141e', '28323c'],
      ['0a141e', '29333d'],
      ['0a141e', '1c2630'],
      ['0a141e', '1e2832'],
    ]);
  });

  it('takes the nearest of the colours that most pixels have, where there are too many', () => {
    const width = 600;
    const often = Array.from({ length: 300 }, (_, place) => [place % 250, 0, 0]).flat();
    const rare = Array.from({ length: 300 }, (_, place) => [place % 250, 1, place % 7]).flat();
    const [line = []] = read(withPalette(png(width, [[0, ...often, ...rare]])), width);
    expect(new Set(line).size).toBeLessThanOrEqual(256);
    expect(line.slice(0, 300)).toEqual(
      Array.from({ length: 300 }, (_, place) => `${(place % 250).toString(16).padStart(2, '0')}0000`),
    );
  });

  it('is made of nothing but what browsers write', () => {
    expect(() => withPalette(png(1, [[0, 1]], 3))).toThrow('This is no PNG as browsers write it.');
  });
});
