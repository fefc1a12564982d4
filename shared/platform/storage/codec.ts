import { InvalidInput } from '../errors.ts';
import type { Properties, Property } from './table.ts';

/** How one value is kept in a property; `undefined` is an absent property. */
export interface Field<T> {
  encode(value: T): Property | undefined;
  /** @throws TypeError when what is stored is not what `encode` makes */
  decode(stored: unknown): T;
}

/** How a record is kept in the properties of a row. */
export interface Codec<T> {
  encode(record: T): Properties;
  decode(properties: Readonly<Record<string, unknown>>): T;
}

/** Most characters of one text property: 64 KiB in UTF-16 (Table Storage limit). */
export const textLimit = 32_768;

/** Combines one field per property of T; unknown stored properties are left out. */
export function recordCodec<T extends object>(
  fields: { readonly [Name in keyof T]-?: Field<T[Name]> },
): Codec<T> {
  const entries = Object.entries(fields) as [string, Field<unknown>][];
  return {
    encode(record) {
      const values = record as Record<string, unknown>;
      const properties: Properties = {};
      for (const [name, field] of entries) {
        const property = field.encode(values[name]);
        if (property !== undefined) {
          properties[name] = property;
        }
      }
      return properties;
    },
    decode(properties) {
      return Object.fromEntries(
        entries.map(([name, field]) => [name, decodeNamed(name, field, properties[name])]),
      ) as T;
    },
  };
}

function decodeNamed(name: string, field: Field<unknown>, stored: unknown): unknown {
  try {
    return field.decode(stored);
  } catch (cause) {
    throw new TypeError(`The stored property ${name} is missing or of another type.`, { cause });
  }
}

function expect(condition: boolean): asserts condition {
  if (!condition) {
    throw new TypeError('Not a value of this field.');
  }
}

/** Text of at most 32,768 characters. */
export const text: Field<string> = {
  encode(value) {
    if (value.length > textLimit) {
      throw new InvalidInput(
        `A text of ${value.length} characters is too long to store; the most is ${textLimit}.`,
      );
    }
    return value;
  },
  decode(stored) {
    expect(typeof stored === 'string');
    return stored;
  },
};

/** One of a fixed set of texts. */
export function oneOf<const Value extends string>(values: readonly Value[]): Field<Value> {
  return {
    encode: text.encode,
    decode(stored) {
      const value = values.find((candidate) => candidate === stored);
      expect(value !== undefined);
      return value;
    },
  };
}

/** A safe integer; kept as Int64, because ids reach 9,999,999,999 and Int32 ends at 2,147,483,647. */
export const integer: Field<number> = {
  encode: (value) => BigInt(value),
  decode(stored) {
    expect(typeof stored === 'bigint');
    return Number(stored);
  },
};

/** Any finite number. */
export const double: Field<number> = {
  encode: (value) => ({ type: 'Double', value }),
  decode(stored) {
    expect(typeof stored === 'number');
    return stored;
  },
};

export const flag: Field<boolean> = {
  encode: (value) => value,
  decode(stored) {
    expect(typeof stored === 'boolean');
    return stored;
  },
};

/** Anything that JSON can hold, as text. */
export const json: Field<unknown> = {
  encode: (value) => text.encode(JSON.stringify(value)),
  decode: (stored) => JSON.parse(text.decode(stored)),
};

/** A list of texts from a fixed set, as JSON. */
export function listOf<const Value extends string>(values: readonly Value[]): Field<Value[]> {
  const item = oneOf(values);
  return {
    encode: json.encode,
    decode(stored) {
      const list = json.decode(stored);
      expect(Array.isArray(list));
      return list.map((value) => item.decode(value));
    },
  };
}

/** A value or null; null is an absent property, since Table Storage keeps no nulls. */
export function nullable<T>(field: Field<T>): Field<T | null> {
  return {
    encode: (value) => (value === null ? undefined : field.encode(value)),
    decode: (stored) => (stored === undefined ? null : field.decode(stored)),
  };
}
