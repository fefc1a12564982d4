import type { Permission } from '../../access/permissions.ts';
import type { Labels } from './labels.ts';
import type { ToolCall } from './tool.ts';

/** One resource of a family, as a list shows it. */
export interface ResourceEntry {
  /** What stands for the variable in its URI: lower-case letters, digits and `-`. */
  readonly key: string;
  readonly title: string;
  readonly description: string;
}

/** Resources of one kind, addressed as `scheme://{variable}`. */
export interface ResourceFamily<Store = unknown> {
  readonly name: string;
  readonly title: string;
  /** What the resources are and when to read one. */
  readonly description: string;
  readonly scheme: string;
  readonly variable: string;
  readonly mimeType: string;
  readonly permission: Permission;
  list(call: ToolCall<Store>): Promise<readonly ResourceEntry[]>;
  /** @throws NotFound when there is none of this key */
  read(key: string, call: ToolCall<Store>): Promise<ResourceText>;
}

/** One resource, as it is read. */
export interface ResourceText {
  readonly text: string;
  /** Of the text, in the `_meta.ifc` of the result; see the labels of a tool. */
  readonly labels: Labels;
}

/** A family whose store is known only at run time. */
// biome-ignore lint/suspicious/noExplicitAny: a business's families are only ever called with its own store
export type AnyFamily = ResourceFamily<any>;
