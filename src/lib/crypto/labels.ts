/**
 * Every label of the protocol that the code uses, once each: one key never serves two purposes. No other file spells
 * one of these out, and a test holds that.
 */
export const labels = {
	/** Begins the authenticated data of every body envelope. */
	envelope: 'arca/1',
	/** HKDF(system key, this, salt = entity id): the key of an entity in the system layer. */
	system: 'arca/1 system',
	/** HKDF(device key, this): seals the sign-in session that is kept on the device. */
	deviceSession: 'arca/1 device session',
	/** HKDF(device key, this): seals the cache pages, and all else an account keeps on the device. */
	deviceCache: 'arca/1 device cache'
} as const;
