import type { JWTPayload } from 'jose';

/**
 * Who acts, the most trusted first: a person; an agent that a person sent; an agent with an identity or an account of its
 * own; any other program without a person.
 */
export const actors = ['person', 'agent_for_person', 'agent', 'application'] as const;
export type Actor = (typeof actors)[number];

/** As sentences name them. */
export const actorNames: Readonly<Record<Actor, string>> = {
  person: 'a person',
  agent_for_person: 'an agent for a person',
  agent: 'an agent',
  application: 'an application',
};

/** Values of `xms_act_fct`, `xms_sub_fct` and `xms_tnt_fct`: an agent identity, and the user account of an agent. */
const agentIdentity = 11;
const agentUser = 13;

/**
 * Values of `xms_idrel` that people of a directory have: member, member with a Microsoft account, guest, partners'
 * administrators (GDAP, DAP), native identities, synchronised and weak users of a multi-tenant organisation.
 */
const relationsOfPeople: readonly number[] = [1, 3, 5, 11, 17, 19, 27, 29, 31];

/**
 * Reads from a verified token who acts (Microsoft Entra Agent ID, "Token claims reference for agent IDs"). A value that
 * nobody knows, and a claim that is malformed, make the caller less trusted and never more.
 * @param appOnly the token is nobody's but the calling application's
 */
export function actorOf(payload: JWTPayload, appOnly: boolean): Actor {
  const [actor, subject, tenant] = ['xms_act_fct', 'xms_sub_fct', 'xms_tnt_fct'].map((claim) =>
    readNumbers(payload[claim]),
  );
  const facets = [...(actor ?? []), ...(subject ?? []), ...(tenant ?? [])];
  const isAgent =
    [agentIdentity, agentUser].some((facet) => facets.includes(facet)) ||
    payload.xms_par_app_azp !== undefined;
  if (appOnly || isProgram(payload)) {
    return isAgent ? 'agent' : 'application';
  }
  if (subject === undefined || subject.includes(agentIdentity) || subject.includes(agentUser)) {
    return 'agent';
  }
  // RFC 8693 section 4.1: `act` names the party that acts for the subject.
  const isSent = isAgent || actor === undefined || tenant === undefined || payload.act !== undefined;
  return isSent ? 'agent_for_person' : 'person';
}

/** Whether the subject is no user: by its type, by its relation to the directory, or because it is the client itself. */
function isProgram({ idtyp, oid, azp, appid, xms_idrel }: JWTPayload): boolean {
  const relations = readNumbers(xms_idrel);
  return (
    (idtyp !== undefined && idtyp !== 'user') ||
    (oid !== undefined && oid === (azp ?? appid)) ||
    relations === undefined ||
    relations.some((relation) => !relationsOfPeople.includes(relation))
  );
}

/**
 * The odd numbers of a claim that is a list of numbers with spaces between them: the even ones mean nothing. None when
 * the claim is missing; undefined when it is malformed.
 */
function readNumbers(claim: unknown): readonly number[] | undefined {
  if (claim === undefined) {
    return [];
  }
  if (typeof claim !== 'string' || !/^\d{1,4}( \d{1,4})*$/.test(claim)) {
    return undefined;
  }
  return claim
    .split(' ')
    .map(Number)
    .filter((value) => value % 2 === 1);
}

/** The application that an agent is made from (its blueprint), where the token names one; for records, never to decide by. */
export function parentOf({ xms_par_app_azp: parent }: JWTPayload): string | undefined {
  return typeof parent === 'string' && /^[\da-f-]{36}$/i.test(parent) ? parent : undefined;
}

/**
 * What belongs to a caller alone is bound to these: what a person began, an agent that has the person's own id cannot
 * carry on.
 */
export function bindingOf({
  tenant,
  user,
  actor,
}: {
  readonly tenant: string;
  readonly user: string;
  readonly actor: Actor;
}): readonly string[] {
  return actor === 'person' ? [tenant, user] : [tenant, user, actor];
}
