/** What a failure of a model server comes to for whoever asked. */
export type Refusal =
  /** The same request may succeed when it is sent again. */
  | 'passing'
  /** Likewise, later. */
  | 'busy'
  | 'content_filter'
  /** Question, conversation and results do not fit into the model's context. */
  | 'context'
  /** No credit is left. */
  | 'quota'
  /** The key or the identity is not let in. */
  | 'access'
  /** There is no such model, or no such address. */
  | 'missing'
  /** Anything else that no repetition helps. */
  | 'settings';

export interface Failure {
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
  /** Code, type and message together. */
  readonly words: string;
  /** Whether the server says when to come again. */
  readonly saysWhen: boolean;
}

/** Status codes under which servers report that a request cannot be served as it is; llama.cpp does with 500. */
const refusing: readonly number[] = [400, 403, 413, 422, 451, 500];

/**
 * The words of OpenAI, Azure ("content management policy", `ResponsibleAIPolicyViolation`), Alibaba
 * (`data_inspection_failed`) and OpenRouter ("requires moderation … flagged").
 */
const filterWords =
  /content[ _-]?(?:filter|management policy|policy|moderation|safety)|responsible ?ai|data_?inspection|inappropriate content|moderation|safety (?:system|filter|policy)/i;

/**
 * The words of OpenAI and vLLM ("maximum context length is …"), llama.cpp (`exceed_context_size_error`), SGLang
 * ("longer than the model's context length"), Anthropic's ("prompt is too long") and OpenRouter ("maximum allowed
 * input length").
 */
const contextWords =
  /context[ _-]?(?:length|window|size|limit)|maximum context|max_(?:model|seq)_len|max_prompt_tokens|(?:prompt|input|request|messages?) (?:is |are )?too (?:long|large)|too many (?:input |prompt )?tokens|maximum allowed input length|reduce the length|request_too_large/i;

/** The words of OpenAI, DeepSeek ("Insufficient Balance"), OpenRouter ("credits") and Alibaba (`Arrearage`). */
const quotaWords =
  /insufficient[ _](?:quota|balance|credits?|funds)|exceeded your current quota|billing_(?:hard_limit|not_active)|quota[ _]exceeded|out of credits|arrearage/i;

/** Tells failures apart by their status and, where servers differ in that, by their words. */
export function refusalOf({ status, words, saysWhen }: Failure): Refusal {
  if (status === undefined) {
    return 'passing';
  }
  if (status === 402 || (quotaWords.test(words) && isQuota(status, words, saysWhen))) {
    return 'quota';
  }
  if (status === 413) {
    return 'context';
  }
  if (refusing.includes(status)) {
    if (filterWords.test(words)) {
      return 'content_filter';
    }
    if (contextWords.test(words)) {
      return 'context';
    }
  }
  if (status === 401 || status === 403) {
    return 'access';
  }
  if (status === 404) {
    return 'missing';
  }
  if (status === 429) {
    return 'busy';
  }
  const mayPass = status === 408 || status === 409 || (status >= 500 && status !== 501);
  return mayPass ? 'passing' : 'settings';
}

/** Some servers call a rate a quota, and say when it is free again. */
function isQuota(status: number, words: string, saysWhen: boolean): boolean {
  if (status === 429) {
    return /\binsufficient_quota\b/i.test(words) || !saysWhen;
  }
  return status === 400 || status === 403;
}
