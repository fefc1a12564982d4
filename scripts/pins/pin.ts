export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** What is pinned, and the folder of each kind below `tests/pins/`. */
export const kinds = {
  tool: 'tools',
  prompt: 'prompts',
  resource: 'resources',
  endpoint: 'endpoints',
} as const;
export type PinKind = keyof typeof kinds;

/** What clients see of one tool, prompt, family of resources or endpoint, literally. */
export interface Pin {
  readonly kind: PinKind;
  readonly name: string;
  readonly content: JsonObject;
}

/** As people and commands name it: a tool by its own name, everything else behind its kind. */
export function pinId({ kind, name }: Pick<Pin, 'kind' | 'name'>): string {
  return kind === 'tool' ? name : `${kind}:${name}`;
}

/** Pins by their {@link pinId}. */
export type Pins = ReadonlyMap<string, Pin>;

export function pinsById(pins: readonly Pin[]): Pins {
  return new Map(pins.map((pin) => [pinId(pin), pin]));
}

/** The text of its file. The order of the members is that of the wire: models read them in it. */
export function textOf({ content }: Pin): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}
