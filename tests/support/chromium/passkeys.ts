import * as z from 'zod';
import type { InPage } from './named-things.ts';

/** A device with passkeys, which the browser has: its own WebAuthn, with software where the hardware would be. */
export interface Device {
  /** Host names that it has passkeys for, one for each. */
  hosts(): Promise<readonly string[]>;
  /** Takes all of its passkeys away, as a new device has none. */
  forget(): Promise<void>;
  /** Whether its owner is recognized, as by a fingerprint, from now on. */
  recognizeOwner(recognized: boolean): Promise<void>;
}

const added = z.object({ authenticatorId: z.string() });
const listed = z.object({ credentials: z.array(z.looseObject({ rpId: z.string() })) });

/** Gives a window's browser such a device, which is touched whenever it asks for it. */
export async function addDevice(inPage: InPage): Promise<Device> {
  await inPage('WebAuthn.enable');
  const { authenticatorId } = added.parse(
    await inPage('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    }),
  );
  return {
    async hosts() {
      const { credentials } = listed.parse(await inPage('WebAuthn.getCredentials', { authenticatorId }));
      return credentials.map(({ rpId }) => rpId);
    },
    async forget() {
      await inPage('WebAuthn.clearCredentials', { authenticatorId });
    },
    async recognizeOwner(recognized) {
      await inPage('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: recognized });
    },
  };
}
