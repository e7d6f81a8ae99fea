import type { Domain } from '../api/ids.ts';
import type { RecordKeys } from '../keys/record-keys.ts';
import { EncryptionState } from './encryption/encryption-state.svelte.ts';
import type {
	AskedReset,
	DomainProtection,
	EncryptionJob,
	EncryptionPhase,
	RosterPerson
} from './encryption/encryption-state.svelte.ts';
import { readEnvelope } from './read-envelope.ts';
import type { Envelope } from './read-envelope.ts';
import { VaultError } from './vault-error.ts';
import type { VaultState } from './vault-state.svelte.ts';

/** A rule for encryption passwords that one breaks. */
export type PasswordProblem = 'short' | 'upper' | 'lower' | 'digit' | 'symbol' | 'guessable';

/** What a password is worth: every rule it breaks, and a score from 0 to 4. */
export interface JudgedPassword {
	ok: boolean;
	problems: readonly PasswordProblem[];
	score: number;
}

/**
 * The person's own encryption, as screens see and change it: the one door to the key worker. Reading is reactive. Where
 * it is off, nothing of it is loaded or started.
 */
export class VaultEncryption {
	readonly #vault: VaultState;
	readonly #state = new EncryptionState();

	constructor(vault: VaultState) {
		this.#vault = vault;
	}

	get state(): EncryptionPhase {
		return this.#state.phase;
	}
	/** The version of the keys: 1 when it was turned on, one more at every change; 0 where there are none. */
	get version(): number {
		return this.#state.version;
	}
	/** When the keys of this version were made. */
	get since(): Date | null {
		return this.#state.since;
	}
	get hasRecoveryCode(): boolean {
		return this.#state.hasRecoveryCode;
	}
	/** Does this device keep the account key, so that it opens without the password? */
	get keptHere(): boolean {
		return this.#state.keptHere;
	}
	/** What is being sealed anew now. */
	get job(): EncryptionJob | null {
		return this.#state.job;
	}
	/** A reset without the old password that was asked for. */
	get reset(): AskedReset | null {
		return this.#state.reset;
	}
	/** What seals and opens bodies for the layers below; null while the keys are not in memory. */
	get keys(): RecordKeys | null {
		return this.#state.keys;
	}

	/** The user layer of a domain by the accepted roster; null where it has none, or while it is locked. */
	domainLayer(entity: string, domain: Domain): DomainProtection | null {
		return this.#state.layers.get(`${entity} ${domain}`) ?? null;
	}
	/** What the browser sealed of a record of the opened entity, from the server; see readEnvelope for what it throws. */
	readEnvelope(id: string, signal?: AbortSignal): Promise<Envelope | null> {
		return readEnvelope(this.#vault, id, signal);
	}
	/** Who stands in the accepted roster; null where there is none, or while it is locked. */
	members(entity: string): readonly RosterPerson[] | null {
		return this.#state.members.get(entity) ?? null;
	}

	/**
	 * Finds out where it stands: by what this device remembers, then by the server, for a few seconds at most. Opens by
	 * itself where this device keeps the key and nobody locked it. Never rejects for want of a network.
	 */
	check(): Promise<void> {
		return this.#notBuilt();
	}
	/** A new phrase of six words, which satisfies the rules. */
	suggestPhrase(_language: 'en' | 'es'): Promise<string> {
		return this.#notBuilt();
	}
	/** Judges a password against the rules. */
	judgePassword(_password: string): Promise<JudgedPassword> {
		return this.#notBuilt();
	}
	/** Turns it on; the bodies that are there are sealed in the background (`job`). The code is shown this once. */
	turnOn(_password: string): Promise<{ recoveryCode: string }> {
		return this.#notBuilt();
	}
	/** Opens with the password. Throws CryptoError `crypto/cannot-open` for a wrong one. */
	unlock(_password: string): Promise<void> {
		return this.#notBuilt();
	}
	/** Opens with the recovery code. Throws CryptoError `crypto/recovery-code` for one with a typing error. */
	unlockWithRecoveryCode(_code: string): Promise<void> {
		return this.#notBuilt();
	}
	/** Ends the key worker; where the key is kept here, the password is asked for until it is typed. */
	lock(): Promise<void> {
		return this.#notBuilt();
	}
	/** Keeps the account key on this device, or no longer. */
	keepHere(_keep: boolean): Promise<void> {
		return this.#notBuilt();
	}
	/** Gives a domain of an owned entity the user layer, and seals what is there (`job`). */
	switchOn(_entity: string, _domain: Domain): Promise<void> {
		return this.#notBuilt();
	}
	/** Makes everything new: account key, identity, domain keys (`job`). Needs a sign-in younger than five minutes. */
	change(_password: string, _signIn: string): Promise<{ recoveryCode: string }> {
		return this.#notBuilt();
	}
	/** A new generation of a domain's key, under which everything is sealed anew (`job`). */
	rotate(_entity: string, _domain: Domain): Promise<void> {
		return this.#notBuilt();
	}
	/** Makes a new recovery code; the one before opens nothing any more. */
	renewRecoveryCode(_signIn: string): Promise<{ recoveryCode: string }> {
		return this.#notBuilt();
	}
	revokeRecoveryCode(_signIn: string): Promise<void> {
		return this.#notBuilt();
	}
	/** How many bodies of owned entities a reset would make unreadable. */
	countUnreadable(): Promise<number> {
		return this.#notBuilt();
	}
	/** Asks for a reset without the old password, which may be finished 24 hours later. */
	askReset(): Promise<void> {
		return this.#notBuilt();
	}
	cancelReset(): Promise<void> {
		return this.#notBuilt();
	}
	/** Begins anew with new keys, once the reset is due: what was sealed before is not readable any more. */
	finishReset(_password: string, _signIn: string): Promise<{ recoveryCode: string }> {
		return this.#notBuilt();
	}
	/** Erases at once the earlier keys that the server keeps aside. */
	eraseKept(): Promise<void> {
		return this.#notBuilt();
	}
	/** Goes on with what was not finished; does nothing where there is nothing, or while it is locked. */
	resume(): Promise<void> {
		return this.#notBuilt();
	}

	/** Ends the key worker and forgets everything: another person's page begins. */
	clear(): void {
		this.#state.clear();
	}

	#notBuilt(): Promise<never> {
		return Promise.reject(new VaultError(this.#vault.owner === null ? 'vault/closed' : 'encryption/not-built'));
	}
}
