import type { Permission } from '#contoso/access/permissions';
import type { ToolCall } from './tool.ts';

/** One resource of a family, as a list shows it. */
export interface ResourceEntry {
  /** What stands for the variable in its URI: lower-case letters, digits and `-`. */
  readonly key: string;
  readonly title: string;
  readonly description: string;
}

/** Resources of one kind, addressed as `scheme://{variable}`. */
export interface ResourceFamily {
  readonly name: string;
  readonly title: string;
  /** What the resources are and when to read one. */
  readonly description: string;
  readonly scheme: string;
  readonly variable: string;
  readonly mimeType: string;
  readonly permission: Permission;
  list(call: ToolCall): Promise<readonly ResourceEntry[]>;
  /**
   * The text of one resource.
   * @throws NotFound when there is none of this key
   */
  read(key: string, call: ToolCall): Promise<string>;
}
