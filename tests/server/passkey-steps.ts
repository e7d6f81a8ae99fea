import type { Authenticator } from '../stage/authenticator.ts';
import type { Client } from './client.ts';

/** Adds a device's passkey to whoever's session this is; the recovery codes, where it is the first step. */
export async function addPasskey(client: Client, origin: string, token: string, key: Authenticator) {
	const options = await client.must<{ challenge: string; rp: { id: string } }>(
		'POST',
		'/api/two-factor/passkeys/options',
		{ token }
	);
	const made = key.make({ challenge: options.challenge, origin, rpId: options.rp.id });
	return client.must<{ codes: string[] }>('POST', '/api/two-factor/passkeys', { token, body: { name: 'key', made } });
}

/** What the session's passkey is to sign. */
export async function askPasskey(client: Client, token: string) {
	return client.must<{ challenge: string; rpId: string }>('POST', '/api/two-factor/passkey/options', { token });
}
