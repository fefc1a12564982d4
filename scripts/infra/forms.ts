/** A deployment that is predicted: what azd would have in its environment. All of it is made up. */
export interface Form {
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
}

const always = {
  AZURE_ENV_NAME: 'predicted',
  AZURE_LOCATION: 'westeurope',
  PUBLISHER_NAME: 'Contoso',
  PUBLISHER_MAIL: 'operations@contoso.example',
  API_CLIENT_ID: 'a1b2c3d4-0000-4000-8000-000000000000',
  SIGN_IN_CLIENT_ID: 'a1b2c3d4-0000-4000-8000-000000000001',
};

/** As little as there can be. */
export const smallest: Form = { name: 'smallest', environment: always };

/** The private network, and everything that can be chosen. */
export const full: Form = {
  name: 'private',
  environment: {
    ...always,
    PRIVATE_NETWORK: 'true',
    GATEWAY_HOST_NAME: 'mcp.contoso.example',
    GATEWAY_CERTIFICATE_ID: 'https://certificates.vault.azure.net/secrets/mcp',
    FRAME_HOST_NAME: 'cards.contoso.example',
    FRAME_CERTIFICATE_ID: 'https://certificates.vault.azure.net/secrets/cards',
    WEB_ORIGIN: 'https://app.contoso.example',
    JOB_ENGINE: 'scheduler',
    WITH_MODEL: 'true',
    WITH_SIEM: 'true',
    ACT_FOR_USERS: 'true',
    TABLE_LOGS: 'true',
    ARCHIVE_DAYS: '30',
    DELETE_LOCK: 'true',
    ALERT_MAIL: 'operations@contoso.example',
    SEEDER_ID: 'a1b2c3d4-0000-4000-8000-000000000002',
  },
};

export const forms: readonly Form[] = [smallest, full];
