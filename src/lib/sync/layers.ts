import type { Domain } from '../api/ids.ts';
import type { DomainLayer, RecordKeys } from '../keys/record-keys.ts';

/** What synchronising asks of the user layer. */
export interface Layers {
	/** Null where the account has no user encryption, as far as this device knows. */
	readonly keys: RecordKeys | null;
	/** Takes in the rosters, grants and identities that the server has of an entity by now. Throws ApiError, CryptoError. */
	renew(entity: string): Promise<void>;
}

/** An account without user encryption. */
export const noLayers: Layers = { keys: null, renew: () => Promise.resolve() };

/** A domain's user layer; null where it has none. */
export function layerOf({ keys }: Layers, entity: string, domain: Domain): DomainLayer | null {
	return keys?.layer(entity, domain) ?? null;
}
