import type {
  GetPromptResult,
  InputRequiredResult,
  Prompt,
  ReadResourceResult,
  Resource,
  ResourceTemplateType,
} from '@modelcontextprotocol/server';
import type { Skill } from '@modelcontextprotocol/server/ext/skills';
import type { Offer } from '../../access/offer.ts';
import type { OperationRequest } from '../operation-request.ts';

/** The argument that a user is filling in. */
export interface ArgumentInput {
  readonly name: string;
  readonly typed: string;
  /** The other arguments, as far as they are filled in. */
  readonly others: Readonly<Record<string, string>>;
}

/** What an endpoint serves as resources. Each method throws ProtocolError, and nothing else, when it cannot answer. */
export interface ResourceSurface {
  list(request: OperationRequest): Promise<readonly Resource[]>;
  templates(request: OperationRequest): readonly ResourceTemplateType[];
  read(uri: string, request: OperationRequest): Promise<ReadResourceResult | InputRequiredResult>;
  /** @param uriTemplate such as `knowledge://{slug}` */
  complete(uriTemplate: string, input: ArgumentInput, request: OperationRequest): Promise<readonly string[]>;
  /** What reading this URI, or completing this template, is about; undefined when it names nothing here. */
  offerOf(uri: string): Offer | undefined;
}

/** What an endpoint serves as prompts. Each method throws ProtocolError, and nothing else, when it cannot answer. */
export interface PromptSurface {
  list(request: OperationRequest): readonly Prompt[];
  get(
    name: string,
    args: Readonly<Record<string, string>>,
    request: OperationRequest,
  ): Promise<GetPromptResult | InputRequiredResult>;
  complete(name: string, input: ArgumentInput, request: OperationRequest): Promise<readonly string[]>;
  /** The prompt; undefined when there is none of this name. */
  offerOf(name: string): Offer | undefined;
}

/** What an endpoint serves as skills. Each method throws ProtocolError, and nothing else, when it cannot answer. */
export interface SkillSurface {
  list(request: OperationRequest): Promise<readonly Skill[]>;
  /** @param uri of the file of a skill, `skill://<name>/SKILL.md` */
  get(uri: string, request: OperationRequest): Promise<Skill>;
}
