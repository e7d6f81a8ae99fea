import { toBase64url } from '../crypto/base64url.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { makeSigner } from '../crypto/ed25519.ts';
import type { Signer } from '../crypto/ed25519.ts';
import { identityHash, publicIdentity } from '../crypto/identity.ts';
import type { PrivateIdentity, PublicIdentity } from '../crypto/identity.ts';
import { HeldBytes } from './held-bytes.ts';

/** The person's own identity. Its private half is lent, never given. */
export interface OwnIdentity {
	readonly user: string;
	readonly identity: PublicIdentity;
	/** The base64url of the identity's hash. */
	readonly hash: string;
	readonly signer: Signer;
	/** Lends the seeds for the length of `work`; they are zero-filled after it. */
	use<T>(work: (seeds: PrivateIdentity) => Promise<T>): Promise<T>;
}

/**
 * Takes an identity's seeds over: they are zero-filled.
 * @param derived their public identity, where it was computed from them before
 */
export async function ownIdentity(
	user: string,
	seeds: PrivateIdentity,
	derived?: PublicIdentity
): Promise<OwnIdentity> {
	const identity = derived ?? (await publicIdentity(seeds));
	const hash = toBase64url(await identityHash(identity));
	const signer = await makeSigner(seeds.sign);
	const [kem, sign] = [await HeldBytes.hold(seeds.kem), await HeldBytes.hold(seeds.sign)];
	const use = <T>(work: (seeds: PrivateIdentity) => Promise<T>) =>
		kem.use((kemSeed: Bytes) => sign.use((signSeed) => work({ kem: kemSeed, sign: signSeed })));
	return { user, identity, hash, signer, use };
}
