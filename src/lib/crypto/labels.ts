/**
 * Every label of the protocol that the code uses, once each: one key never serves two purposes. No other file spells
 * one of these out, and a test holds that.
 */
export const labels = {
	/** Begins the authenticated data of every body envelope. */
	envelope: 'arca/1',
	/** HKDF(system key, this, salt = entity id): the key of an entity in the system layer. */
	system: 'arca/1 system',
	/** HKDF(system key, this and a purpose): by which the server proves to the database what it checked. */
	proof: 'arca/1 proof',
	/** HKDF(system key, this): by which the database's counts of limits do not tell whose they are. */
	counts: 'arca/1 counts',
	/** HKDF(device key, this): seals the sign-in session that is kept on the device. */
	deviceSession: 'arca/1 device session',
	/** HKDF(device key, this): seals the cache pages, and all else an account keeps on the device. */
	deviceCache: 'arca/1 device cache',
	/** HKDF(device key, this): wraps the account key that is kept on the device. */
	deviceWrap: 'arca/1 device wrap',
	/** HKDF(what the authenticator gives, this): wraps the account key for a fingerprint or a face. */
	biometricWrap: 'arca/1 biometric wrap',
	/** HKDF(stretched PIN, this): what the server gives its share of a PIN out for. */
	pinVerifier: 'arca/1 pin verifier',
	/** HKDF(stretched PIN and share, this): wraps the account key for a PIN. */
	pinWrap: 'arca/1 pin wrap',
	/** HKDF(recovery code, this, salt): the root key of the slot "recovery". */
	recovery: 'arca/1 recovery',
	/** HKDF(root key, this and the parameters): the token, which is no key. */
	token: 'arca/1 token',
	/** HKDF(root key, this): wraps the account key. */
	wrap: 'arca/1 wrap',
	/** Begins the authenticated data of a wrapped account key. */
	accountKey: 'arca/1 account-key',
	/** HKDF(account key, this): seals the bundle. */
	bundle: 'arca/1 bundle',
	/** HKDF(account key, this): seals what the device keeps of domains with a user layer. */
	accountCache: 'arca/1 account cache',
	/** Begins what the hash of an identity is over. */
	identity: 'arca/1 identity',
	/** Begins what a safety number is over. */
	safety: 'arca/1 safety',
	/** Begins what a succession statement signs. */
	succession: 'arca/1 succession',
	/** Begins what an author signs of a record under a user layer. */
	record: 'arca/1 record',
	/** HKDF(domain key, this): seals the bodies of records under a user layer. */
	body: 'arca/1 body',
	/** Begins the hash of a domain key, which rosters name it by. */
	domainKey: 'arca/1 domain-key',
	/** Begins what a domain key is bound to when it is sealed to a member, and what its grantor signs. */
	grant: 'arca/1 grant',
	grantSignature: 'arca/1 grant-signature',
	/** The same for a key that is sealed to an emergency contact in advance. */
	emergency: 'arca/1 emergency',
	emergencySignature: 'arca/1 emergency-signature',
	/** Begins what is signed of a roster. */
	roster: 'arca/1 roster',
	/** Begins the authenticated data of a file's chunk. */
	part: 'arca/1 part',
	/** Begins what the description of shared files is bound to when it is sealed to a device of its owner. */
	share: 'arca/1 share',
	/** HKDF(an invitation's secret, each of these): what the server may see of it, and the key of the proofs. */
	inviteToken: 'arca/1 invite token',
	inviteProof: 'arca/1 invite proof',
	/** Begins what inviter and invitee prove to each other. */
	invite: 'arca/1 invite'
} as const;
