/**
 * What the fuzzer's native part asks for by names of a newer C library: functions that an older one has by their older names,
 * and a mark of the C++ library that nothing calls.
 */
const tooNew = ['GLIBC_2.38', 'GLIBCXX_3.4.32'];
/** Numbers are read as C23 says, where the older function reads them as C17 does (glibc 2.38, release notes). */
const renamed = '__isoc23_';

/** Section types of ELF (System V gABI, chapter 4; Linux Standard Base, 10.7). */
const sectionTypes = { symbols: 11, needed: 0x6f_ff_ff_fe, versions: 0x6f_ff_ff_ff } as const;
const weakVersion = 2;
const weakSymbol = 2;
const anyVersion = 1;

interface Section {
  readonly type: number;
  readonly offset: number;
  readonly size: number;
  /** Index of the section that has its texts. */
  readonly link: number;
}

/**
 * The same shared library for a system whose C library is older.
 * @param library ELF of 64 bits, little-endian
 * @throws Error when it is nothing of the kind
 */
export function forOlderGlibc(library: Buffer): Buffer {
  const file = Buffer.from(library);
  if (file.readUInt32BE(0) !== 0x7f_45_4c_46 || file[4] !== 2 || file[5] !== 1) {
    throw new Error('This is no shared library of 64 bits.');
  }
  const sections = sectionsOf(file);
  const newer = weaken(file, sections, one(sections, sectionTypes.needed));
  const symbols = one(sections, sectionTypes.symbols);
  const versions = one(sections, sectionTypes.versions);
  for (let place = 0; place < symbols.size / 24; place += 1) {
    const [symbol, version] = [symbols.offset + 24 * place, versions.offset + 2 * place];
    if (!newer.has(file.readUInt16LE(version) & 0x7f_ff)) {
      continue;
    }
    const name = file.readUInt32LE(symbol);
    if (textAt(file, sections, symbols, name).startsWith(renamed)) {
      file.writeUInt32LE(name + renamed.length, symbol);
    } else {
      file.writeUInt8((weakSymbol << 4) | (file.readUInt8(symbol + 4) & 0xf), symbol + 4);
    }
    file.writeUInt16LE(anyVersion, version);
  }
  return file;
}

function sectionsOf(file: Buffer): readonly Section[] {
  const [at, each, count] = [
    Number(file.readBigUInt64LE(0x28)),
    file.readUInt16LE(0x3a),
    file.readUInt16LE(0x3c),
  ];
  return Array.from({ length: count }, (_, place) => {
    const header = at + each * place;
    return {
      type: file.readUInt32LE(header + 4),
      offset: Number(file.readBigUInt64LE(header + 0x18)),
      size: Number(file.readBigUInt64LE(header + 0x20)),
      link: file.readUInt32LE(header + 0x28),
    };
  });
}

function one(sections: readonly Section[], type: number): Section {
  const found = sections.find((section) => section.type === type);
  if (found === undefined) {
    throw new Error('It has no versions of what it needs.');
  }
  return found;
}

/** Says of the newer versions that they may be missing. @returns their numbers */
function weaken(file: Buffer, sections: readonly Section[], needed: Section): ReadonlySet<number> {
  const numbers = new Set<number>();
  for (let entry = needed.offset, more = 1; more > 0; entry += more) {
    more = file.readUInt32LE(entry + 12);
    for (let version = entry + file.readUInt32LE(entry + 8), next = 1; next > 0; version += next) {
      next = file.readUInt32LE(version + 12);
      if (tooNew.includes(textAt(file, sections, needed, file.readUInt32LE(version + 8)))) {
        file.writeUInt16LE(file.readUInt16LE(version + 4) | weakVersion, version + 4);
        numbers.add(file.readUInt16LE(version + 6));
      }
    }
  }
  return numbers;
}

function textAt(file: Buffer, sections: readonly Section[], { link }: Section, offset: number): string {
  const from = (sections[link]?.offset ?? 0) + offset;
  return file.toString('latin1', from, file.indexOf(0, from));
}
