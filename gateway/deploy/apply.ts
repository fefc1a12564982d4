import { setTimeout as wait } from 'node:timers/promises';
import { apiMark, type Resource } from './resources.ts';

const apiVersion = '2024-05-01';
const defaultPauseSeconds = 5;
/** Pauses until an operation of the service is given up: ten minutes at the default pause. */
const mostPolls = 120;

export interface Management {
  /** Address of the resource manager, without a trailing slash. */
  readonly origin: string;
  /** Resource id of the API Management service, beginning with `/subscriptions/`. */
  readonly service: string;
  /** An access token for the resource manager; asked for before every request, since a deployment can outlive one. */
  token(): Promise<string>;
}

/**
 * Creates or replaces one resource, and waits until the service has done it.
 * @throws Error with the service's own message when it refuses
 */
export async function putResource(management: Management, { path, properties }: Resource): Promise<void> {
  const url = `${management.origin}${management.service}/${path}?api-version=${apiVersion}`;
  await finish(
    management,
    path,
    await send(management, url, { method: 'PUT', body: JSON.stringify({ properties }) }),
  );
}

/**
 * Removes the APIs that an earlier deployment made and that are not wanted any more: an organisation that has left must
 * not keep a way in.
 * @param wanted paths of the APIs of this deployment
 * @returns the paths of what was removed
 * @throws Error with the service's own message when it refuses
 */
export async function removeFormerApis(management: Management, wanted: readonly string[]): Promise<string[]> {
  const kept = new Set(wanted);
  const former = (await apisOf(management)).filter(
    ({ name, properties }) => properties?.description === apiMark && !kept.has(`apis/${name}`),
  );
  const paths = former.map(({ name }) => `apis/${name}`);
  for (const path of paths) {
    const url = `${management.origin}${management.service}/${path}?api-version=${apiVersion}&deleteRevisions=true`;
    await finish(
      management,
      path,
      await send(management, url, { method: 'DELETE', headers: { 'If-Match': '*' } }),
    );
  }
  return paths;
}

async function apisOf(management: Management): Promise<readonly ListedApi[]> {
  const found: ListedApi[] = [];
  let next: string | undefined = `${management.origin}${management.service}/apis?api-version=${apiVersion}`;
  while (next !== undefined) {
    const answer: Answer = await send(management, next);
    if (answer.status >= 400) {
      throw new Error(`apis: ${answer.status} ${messageOf(answer)}`);
    }
    found.push(...(answer.body.value ?? []));
    next = answer.body.nextLink;
  }
  return found;
}

/** Waits until the service has done what it was asked for. */
async function finish(management: Management, path: string, first: Answer): Promise<void> {
  let answer = first;
  let next = followUp(answer.headers);
  for (let polls = 0; isPending(answer); polls += 1) {
    if (next === undefined || polls === mostPolls) {
      throw new Error(`${path}: the service did not finish.`);
    }
    await wait(pauseOf(answer) * 1000);
    answer = await send(management, next);
    next = followUp(answer.headers) ?? next;
  }
  if (answer.status >= 400 || answer.body.error) {
    throw new Error(`${path}: ${answer.status} ${messageOf(answer)}`);
  }
}

interface ListedApi {
  readonly name: string;
  readonly properties?: { readonly description?: string };
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: {
    /** Of an operation that goes on. */
    readonly status?: string;
    /** Of a list. */
    readonly value?: readonly ListedApi[];
    readonly nextLink?: string;
    readonly error?: {
      readonly message?: string;
      readonly details?: readonly { readonly message?: string }[];
    };
  };
}

type Sent = Omit<RequestInit, 'headers'> & { readonly headers?: Record<string, string> };

async function send({ token }: Management, url: string, init: Sent = {}): Promise<Answer> {
  const response = await fetch(url, {
    ...init,
    headers: {
      ...init.headers,
      Authorization: `Bearer ${await token()}`,
      'Content-Type': 'application/json',
    },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parse(text) };
}

function parse(text: string): Answer['body'] {
  try {
    return JSON.parse(text) as Answer['body'];
  } catch {
    return {};
  }
}

/** Where to ask how an operation goes (asynchronous operations of the resource manager). */
function followUp(headers: Headers): string | undefined {
  return headers.get('location') ?? headers.get('azure-asyncoperation') ?? undefined;
}

function isPending({ status, body }: Answer): boolean {
  return status === 202 || body.status === 'InProgress';
}

function pauseOf({ headers }: Answer): number {
  const seconds = Number(headers.get('retry-after') ?? defaultPauseSeconds);
  return Number.isFinite(seconds) ? seconds : defaultPauseSeconds;
}

function messageOf({ text, body: { error } }: Answer): string {
  const parts = [error?.message, ...(error?.details ?? []).map(({ message }) => message)];
  return parts.filter((part) => part !== undefined).join(' ') || text;
}
