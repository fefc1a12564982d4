import type { Value } from '../../gateway/language/values.ts';
import type { XmlElement } from '../../gateway/language/xml.ts';
import type { Exchange } from './exchange.ts';
import type { PublishedKeys } from './token/published-keys.ts';

/** What a policy wants to happen next: `ended` when it has answered, and no policy of the pipeline may follow. */
export type Flow = 'next' | 'ended';

/** A policy, ready to run. */
export type Step = (exchange: Exchange) => Flow | Promise<Flow>;

/** Turns an element that has been validated into a step. */
export type PolicyCompiler = (element: XmlElement, tools: CompilerTools) => Step;

/** What the compilers of policies work with. Named values are put in already. */
export interface CompilerTools {
  readonly runtime: GatewayRuntime;
  /** The policies inside an element, one after the other. */
  steps(elements: readonly XmlElement[]): Step;
  /** The policies of a fragment. */
  fragment(id: string): Step;
  /** An attribute's value; `otherwise` when it is not there. */
  text(element: XmlElement, attribute: string, otherwise?: string): Value<string>;
  integer(element: XmlElement, attribute: string, otherwise?: number): Value<number>;
  boolean(element: XmlElement, attribute: string, otherwise?: boolean): Value<boolean>;
  /** A value that a variable can hold. */
  variable(element: XmlElement, attribute: string): Value<unknown>;
  /** The text inside an element. */
  content(element: XmlElement): Value<string>;
  /** A literal attribute; empty when it is not there. */
  literal(element: XmlElement, attribute: string): string;
  /** The literal texts of the elements of that name. */
  literals(elements: readonly XmlElement[], name: string): readonly string[];
}

export interface TraceEvent {
  readonly source: string;
  readonly severity: string;
  readonly message: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What policies need from outside. */
export interface GatewayRuntime {
  /** Base addresses of the backends by their ids, without a slash at the end. */
  readonly backends: ReadonlyMap<string, string>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The signing keys behind the address of an OpenID configuration; the same object for the same address. */
  readonly keysAt: (address: string) => PublishedKeys;
  /** Aborts after a number of milliseconds. */
  readonly timeoutSignal: (milliseconds: number) => AbortSignal;
  /** Aborts when the gateway stops: for what goes on after its exchange has been answered. */
  readonly stopped: AbortSignal;
  readonly onTrace: (event: TraceEvent) => void;
  /** What a policy counts, by its element: the same however often the element is compiled. */
  readonly counts: WeakMap<XmlElement, Map<string, CountWindow>>;
}

/** Calls in a stretch of time. */
export interface CountWindow {
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
  readonly calls: number;
}
