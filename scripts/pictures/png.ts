import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** What a palette has room for. */
const mostColours = 256;

interface Image {
  readonly width: number;
  readonly height: number;
  /** Bytes of a pixel: red, green, blue, and maybe how opaque it is. */
  readonly channels: 3 | 4;
  readonly pixels: Buffer;
}

/**
 * The same picture with a palette, a fraction of its size (PNG, third edition, W3C 2025): the colours that most pixels have as
 * they are, every other one as the nearest of these. Right for pages of text and flat areas, where the others are edges of letters.
 * @param png 8 bits a channel, not interlaced, as browsers write it
 * @throws Error when it is another kind of PNG
 */
export function withPalette(png: Buffer): Buffer {
  const { width, height, channels, pixels } = decoded(png);
  const colours = new Uint32Array(width * height);
  const counts = new Map<number, number>();
  for (let pixel = 0; pixel < colours.length; pixel += 1) {
    const colour = pixels.readUIntBE(pixel * channels, 3);
    colours[pixel] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = [...counts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, mostColours)
    .map(([colour]) => colour);
  const places = new Map(palette.map((colour, place) => [colour, place]));
  // each line begins with the kind of its filter: none
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const colour = colours[y * width + x] as number;
      const place = places.get(colour) ?? nearest(colour, palette);
      places.set(colour, place);
      lines[y * (width + 1) + 1 + x] = place;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // a place in the palette has 8 bits
  header.set([8, 3], 8);
  const entries = Buffer.alloc(palette.length * 3);
  for (const [place, colour] of palette.entries()) {
    entries.writeUIntBE(colour, place * 3, 3);
  }
  return Buffer.concat([
    png.subarray(0, 8),
    chunk('IHDR', header),
    chunk('PLTE', entries),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function nearest(colour: number, palette: readonly number[]): number {
  const away = (other: number) =>
    [16, 8, 0].reduce((sum, bits) => sum + (((colour >> bits) & 255) - ((other >> bits) & 255)) ** 2, 0);
  return palette.reduce(
    (best, other, place) => (away(other) < away(palette[best] as number) ? place : best),
    0,
  );
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

function decoded(png: Buffer): Image {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') {
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
    }
  }
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const [bits, kind, , , interlaced] = png.subarray(24, 29);
  if (bits !== 8 || (kind !== 2 && kind !== 6) || interlaced !== 0) {
    throw new Error('This is no PNG as browsers write it.');
  }
  const channels = kind === 2 ? 3 : 4;
  return {
    width,
    height,
    channels,
    pixels: unfiltered(inflateSync(Buffer.concat(parts)), width * channels, channels),
  };
}

/** Each line is told by how it differs from what is left of it and above it (PNG, section 9). */
function unfiltered(data: Buffer, stride: number, channels: number): Buffer {
  const height = data.length / (stride + 1);
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = data[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x < channels ? 0 : (out[at - channels] as number);
      const above = y === 0 ? 0 : (out[at - stride] as number);
      const corner = x < channels || y === 0 ? 0 : (out[at - stride - channels] as number);
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter ?? 0] ?? 0;
      out[at] = (data[y * (stride + 1) + 1 + x] as number) + guess;
    }
  }
  return out;
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [a, b, c] = [left, above, corner].map((one) => Math.abs(guess - one)) as [number, number, number];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}
