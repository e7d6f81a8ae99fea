import type { BundleText } from '../../api/keys.ts';
import { CryptoError } from '../../crypto/crypto-error.ts';
import type { KeyClient } from '../../keys/key-client.ts';
import type { SeenKeys } from '../../keys/key-verbs.ts';
import { ApiError } from '../../sync/api-error.ts';
import type { VaultState } from '../vault-state.svelte.ts';
import type { KeptAccount } from './kept-keys.ts';

/** So many versions are gone back, where this device keeps none. */
const FARTHEST = 50;

/**
 * Opens the account with the newest bundle that is one of ours, where the newest of all is not: this device's own, else
 * what the server kept of earlier ones, never below what this device saw.
 * @returns the bundle that opened
 * @throws CryptoError `crypto/cannot-open` where none does; ApiError
 */
export async function openEarlierBundle(
	client: KeyClient,
	{ client: server }: VaultState,
	newest: BundleText,
	{ kept, seen }: { kept: KeptAccount | null; seen: SeenKeys | undefined }
): Promise<BundleText> {
	if (kept && (await client.call('tryBundle', { bundle: kept.bundle }))) return kept.bundle;
	const lowest = Math.max(seen?.bundle ?? 1, newest.version - FARTHEST);
	for (let version = newest.version - 1; version >= lowest; version--) {
		const bundle = await server.call('getBundle', { query: { version: String(version) } }).catch(unlessGone);
		if (bundle && (await client.call('tryBundle', { bundle }))) return bundle;
	}
	throw new CryptoError('crypto/cannot-open');
}

function unlessGone(error: unknown): null {
	if (error instanceof ApiError && (error.status === 404 || error.status === 409)) return null;
	throw error;
}
