/** Why the identity provider let nobody in. */
export interface ProviderRefusal {
  /** The provider's `error` (RFC 6749 sections 4.1.2.1 and 5.2). */
  readonly error: string;
  /** Entra's number, such as `AADSTS65001`; undefined when it names none. */
  readonly code: string | undefined;
  /** Under which the provider's support finds it; undefined when it names none. */
  readonly providerId: string | undefined;
}

/** Reads what the provider says; its own sentences, which may quote names, go no further. */
export function refusalOf(error: string, description: string | undefined): ProviderRefusal {
  const guid = /Correlation ID: ([0-9a-f-]{36})/i.exec(description ?? '')?.[1];
  return {
    error: /^[a-z_]{1,60}$/.test(error) ? error : 'server_error',
    code: /\bAADSTS\d{4,9}\b/.exec(description ?? '')?.[0],
    providerId: guid,
  };
}

/** Whether it is the person who did not want to. */
export function isDeclined({ error, code }: ProviderRefusal): boolean {
  return error === 'access_denied' && (code === undefined || code === 'AADSTS65004');
}

/** Whether signing in again, by the person, may help. */
export function isOver({ error }: ProviderRefusal): boolean {
  return ['invalid_grant', 'interaction_required', 'login_required', 'consent_required'].includes(error);
}

/**
 * One sentence for the person, if it is clear what is wrong.
 * @param organisation whose people may sign in
 */
export function knownReason({ code }: ProviderRefusal, organisation: string): string | undefined {
  const number = code?.slice('AADSTS'.length);
  return sentences
    .find(({ codes }) => number !== undefined && codes.includes(number))
    ?.sentence(organisation);
}

/** One sentence for the person, whatever it is. */
export function sentenceFor(refusal: ProviderRefusal, organisation: string): string {
  const isTemporary = ['temporarily_unavailable', 'server_error'].includes(refusal.error);
  return (
    knownReason(refusal, organisation) ??
    (isTemporary
      ? 'The identity provider cannot sign you in at the moment; try again in a few minutes.'
      : 'The identity provider did not sign you in; start again, and ask your administrator if it happens twice.')
  );
}

interface Sentence {
  readonly codes: readonly string[];
  readonly sentence: (organisation: string) => string;
}

const sentences: readonly Sentence[] = [
  {
    codes: ['65001', '90094', '90095', '650054'],
    sentence: (organisation) =>
      `${organisation} has not allowed this service yet; ask an administrator of your organisation to give consent to it.`,
  },
  {
    codes: ['50105', '501051'],
    sentence: () =>
      'You are not assigned to this service; ask an administrator of your organisation to assign you.',
  },
  {
    codes: ['50020', '500200', '500208', '500207', '50034', '51004', '16000', '16003', '50178', '500201'],
    sentence: (organisation) => `This account is none of ${organisation}; sign in with your account there.`,
  },
  {
    codes: ['700016', '650052', '650056', '90002', '500011'],
    sentence: (organisation) =>
      `This service is not set up in the directory of ${organisation}; ask an administrator to add it.`,
  },
  {
    codes: ['9010010', '70011', '65005', '901002'],
    sentence: () =>
      'The identity provider does not know what this service asks for; whoever runs the service has to compare MCP_SCOPE_PREFIX with the identifiers of the API’s registration.',
  },
  {
    codes: ['7000215', '7000222', '700027', '7000218', '50012'],
    sentence: () =>
      'The identity provider does not accept the service’s own secret any more; whoever runs the service has to renew it.',
  },
  {
    codes: ['50011', '500113'],
    sentence: () =>
      'The identity provider does not know the address that it should send you back to; whoever runs the service has to add it to the registration.',
  },
  {
    codes: ['53000', '53001', '53002', '53003', '53004', '530032', '50005', '50097', '530003'],
    sentence: (organisation) =>
      `The rules of ${organisation} do not allow this sign-in from here; ask an administrator which programs and places are allowed.`,
  },
  {
    codes: ['50057', '50053', '50055', '50056', '50144'],
    sentence: () => 'Your account cannot sign in at the moment; ask an administrator of your organisation.',
  },
];
