/**
 * The shapes that cross the border between the Functions host and the Node worker, cut to what
 * `@azure/functions` 4.x reads and writes. Source: azure-functions-language-worker-protobuf and the library's converters.
 */

/** Exactly one field is set. */
export interface TypedData {
  readonly string?: string;
  readonly json?: string;
  readonly bytes?: Uint8Array;
  readonly int?: number;
  readonly double?: number;
  readonly http?: HttpData;
}

interface Nullable<T> {
  readonly value: T;
}

export interface HttpData {
  readonly method?: string;
  readonly url?: string;
  readonly nullableHeaders?: Record<string, Nullable<string>>;
  readonly nullableQuery?: Record<string, Nullable<string>>;
  readonly nullableParams?: Record<string, Nullable<string>>;
  readonly body?: TypedData | undefined;
  /** Responses only, like everything below. A decimal number as text. */
  readonly statusCode?: string;
  readonly headers?: Record<string, string>;
  readonly cookies?: readonly HttpCookie[];
}

export interface HttpCookie {
  readonly name: string;
  readonly value: string;
  readonly domain?: Nullable<string>;
  readonly path?: Nullable<string>;
  readonly expires?: Nullable<{ readonly seconds: number }>;
  readonly secure?: Nullable<boolean>;
  readonly httpOnly?: Nullable<boolean>;
  /** `none` means that the attribute is left out; `explicitNone` writes SameSite=None. */
  readonly sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone';
  /** Seconds. */
  readonly maxAge?: Nullable<number>;
}

export interface ParameterBinding {
  readonly name: string;
  readonly data: TypedData;
}

export interface InvocationRequest {
  readonly invocationId: string;
  readonly inputData: readonly ParameterBinding[];
  readonly triggerMetadata: Readonly<Record<string, TypedData>>;
  /** W3C trace context of the caller. */
  readonly traceContext?: { readonly traceParent: string; readonly traceState: string };
}

export interface InvocationResponse {
  readonly invocationId: string;
  readonly outputData?: readonly ParameterBinding[];
  readonly returnValue?: TypedData | null;
}

/** What an invocation ended with: the handler's own result, and what the library made of it for the host. */
export interface InvocationOutcome {
  readonly result: unknown;
  readonly response: InvocationResponse;
}

/** A binding as the app declared it; what else it holds depends on its type. */
export interface BindingInfo {
  readonly type: string;
  readonly direction: 'in' | 'out' | 'inout';
  readonly [option: string]: unknown;
}

export interface FunctionMetadata {
  readonly name: string;
  readonly functionId?: string;
  readonly bindings: Readonly<Record<string, BindingInfo>>;
}

export type FunctionCallback = (...args: unknown[]) => unknown;

export interface RegisteredFunction {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

/** The trigger of a function: every function has one. */
export interface Trigger {
  readonly bindingName: string;
  readonly binding: BindingInfo;
  /** The binding type in lower case, for example `httptrigger`. */
  readonly type: string;
}

/** The binding whose type ends in `Trigger`; undefined for a function that has none. */
export function triggerOf(metadata: FunctionMetadata): Trigger | undefined {
  for (const [bindingName, binding] of Object.entries(metadata.bindings)) {
    const type = binding.type.toLowerCase();
    if (type.endsWith('trigger')) {
      return { bindingName, binding, type };
    }
  }
  return undefined;
}
