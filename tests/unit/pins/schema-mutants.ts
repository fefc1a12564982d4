import * as z from 'zod';

/** The same thing with one field changed, and which. */
export interface Mutant<Thing> {
  readonly what: string;
  readonly thing: Thing;
}

export function one<Thing>(what: string, thing: Thing, change: Partial<Thing>): readonly Mutant<Thing>[] {
  return [{ what, thing: { ...thing, ...change } }];
}

export function promptInputMutants(input: z.ZodObject): readonly Mutant<z.ZodObject>[] {
  return Object.entries(input.shape as Record<string, z.ZodType>).flatMap(([name, field]) => [
    { what: `input.${name} described`, thing: input.safeExtend({ [name]: field.describe('Otherwise.') }) },
    { what: `input.${name} optional or not`, thing: input.safeExtend({ [name]: toggled(field) }) },
  ]);
}

/** The schema with one thing changed, for each field in it and in the objects and lists that it holds. */
export function schemaMutants(schema: z.ZodObject, where: string): readonly Mutant<z.ZodObject>[] {
  const shape = schema.shape as Record<string, z.ZodType>;
  const rebuild = (fields: Record<string, z.ZodType>) => rebuilt(schema, fields);
  return [
    { what: `${where} with another field`, thing: rebuild({ ...shape, another_field: z.string() }) },
    ...Object.entries(shape).flatMap(([name, field]) => {
      const { [name]: _gone, ...rest } = shape;
      const place = `${where}.${name}`;
      const replaced = (what: string, by: z.ZodType) => ({ what, thing: rebuild({ ...shape, [name]: by }) });
      return [
        { what: `${place} gone`, thing: rebuild(rest) },
        replaced(`${place} described`, field.describe('Otherwise.')),
        replaced(`${place} of another type`, z.literal(['a word', 'another'])),
        replaced(`${place} optional or not`, toggled(field)),
        ...within(field, place).map(({ what, thing }) => replaced(what, thing)),
      ];
    }),
  ];
}

function rebuilt(schema: z.ZodObject, fields: Record<string, z.ZodType>): z.ZodObject {
  const { catchall } = schema.def;
  return catchall === undefined ? z.object(fields) : z.object(fields).catchall(catchall);
}

/** What may be left out is needed, and the other way round. */
function toggled(field: z.ZodType): z.ZodType {
  if (field instanceof z.ZodOptional || field instanceof z.ZodDefault) {
    return field.unwrap() as z.ZodType;
  }
  return field.optional();
}

function within(field: z.ZodType, where: string): readonly Mutant<z.ZodType>[] {
  const wrapped = (inner: z.ZodType, wrap: (changed: z.ZodType) => z.ZodType) =>
    within(inner, where).map(({ what, thing }) => ({
      what,
      thing: wrap(thing).describe(field.description ?? ''),
    }));
  if (field instanceof z.ZodObject) {
    return schemaMutants(field, where).map(({ what, thing }) => ({
      what,
      thing: field.description === undefined ? thing : thing.describe(field.description),
    }));
  }
  if (field instanceof z.ZodArray) {
    return wrapped(field.element as z.ZodType, (changed) => z.array(changed));
  }
  if (field instanceof z.ZodNullable) {
    return wrapped(field.unwrap() as z.ZodType, (changed) => changed.nullable());
  }
  if (field instanceof z.ZodOptional) {
    return wrapped(field.unwrap() as z.ZodType, (changed) => changed.optional());
  }
  return [];
}
