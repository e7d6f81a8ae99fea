import { bytesOf } from '../../../src/lib/keys/api-bytes.ts';
import { Keyring } from '../../../src/lib/keys/keyring.ts';
import { KeyServer } from './key-server.ts';
import { quickArgon2 } from './quick-argon2.ts';

export const ANA = '00000000-0000-4000-8000-0000000000a1';
export const HOME = '00000000-0000-4000-8000-0000000000e1';
export const FLAT = '00000000-0000-4000-8000-0000000000e2';
export const PASSWORD = 'correct Horse 7 battery';

/** Somebody who turned user encryption on, the server that has it, and the code they wrote down. */
export async function turnedOn(
	entities: readonly string[] = [HOME]
): Promise<{ server: KeyServer; ring: Keyring; recoveryCode: string }> {
	const [server, ring] = [new KeyServer(), new Keyring(quickArgon2)];
	const { put, ticket, recoveryCode } = await ring.turnOn({ user: ANA, password: bytesOf(PASSWORD), entities });
	server.put(ANA, put);
	await ring.settle({ ticket, taken: true });
	await ring.takeLocal({ kept: [] });
	for (const entity of entities) await ring.accept(server.served(entity, ANA));
	return { server, ring, recoveryCode };
}

/** The same person on another device, with the password. */
export async function unlockedAgain(server: KeyServer, entities: readonly string[] = [HOME]): Promise<Keyring> {
	const ring = new Keyring(quickArgon2);
	await ring.unlock({ ...server.account(ANA), by: { password: bytesOf(PASSWORD) } });
	for (const entity of entities) await ring.accept(server.served(entity, ANA));
	return ring;
}

/** The JSON of a record of health. */
export function jsonOf(what: string): string {
	return JSON.stringify({ kind: 'symptom', version: 1, values: { what }, meta: { at: '2026-01-01T00:00:00.000Z' } });
}
