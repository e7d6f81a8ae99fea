import type { CDPSession, Page } from '@playwright/test';

interface Options {
	/** Gives output of the extension PRF. */
	prf?: boolean;
	/** The person is verified when they are asked. */
	verified?: boolean;
}

/** The authenticator of a page's device, as the browser plays it. */
export interface VirtualAuthenticator {
	/** What the person does from now on. Once one was not verified, this authenticator verifies nobody any more. */
	verify(verified: boolean): Promise<void>;
	/** How many credentials it has. */
	count(): Promise<number>;
	/** Takes all of them away, as a person who clears the device's passkeys; what it gives puts them back. */
	clear(): Promise<() => Promise<void>>;
}

/** Gives the page's device an authenticator of its own that verifies people. */
export async function withAuthenticator(
	page: Page,
	{ prf = true, verified = true }: Options = {}
): Promise<VirtualAuthenticator> {
	const session: CDPSession = await page.context().newCDPSession(page);
	await session.send('WebAuthn.enable');
	const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			ctap2Version: 'ctap2_1',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			hasPrf: prf,
			isUserVerified: verified,
			automaticPresenceSimulation: true
		}
	});
	return {
		verify: async (isUserVerified) => {
			await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
		},
		count: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
		clear: async () => {
			const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId });
			await session.send('WebAuthn.clearCredentials', { authenticatorId });
			return async () => {
				for (const credential of credentials)
					await session.send('WebAuthn.addCredential', { authenticatorId, credential });
			};
		}
	};
}
