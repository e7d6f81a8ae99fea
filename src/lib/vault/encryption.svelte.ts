import type { Domain } from '../api/ids.ts';
import type { JudgedPassword, PasswordProblem } from '../crypto/password-rules.ts';
import { DeviceBiometric } from './encryption/device-biometric.ts';
import { DevicePin } from './encryption/device-pin.ts';
import { EncryptionState } from './encryption/encryption-state.svelte.ts';
import type { DomainProtection, EncryptionPhase, RosterPerson } from './encryption/encryption-state.svelte.ts';
import { browserMeans, type EncryptionMeans } from './encryption/means.ts';
import type { EarlierSecret } from './encryption/open-earlier.ts';
import type { Encryption } from './encryption/open-keys.ts';
import type { ResetLayers } from './encryption/plan-reset.ts';
import { serveVault } from './encryption/serve-vault.ts';
import { readEnvelope, type Envelope } from './read-envelope.ts';
import type { VaultState } from './vault-state.svelte.ts';

export type { JudgedPassword, PasswordProblem, ResetLayers };

/**
 * The person's own encryption, as screens see and change it: the one door to the key worker. Reading is reactive. Where
 * it is off, nothing of it is loaded or started. What each verb throws is told where it is written, in `encryption/`.
 */
export class VaultEncryption {
	readonly #it: Encryption;
	readonly #state = new EncryptionState();
	/** Signs in once more, for what the server takes shortly after that alone. Throws DoorError `door/wrong-password`. */
	readonly signInAgain: (password: string) => Promise<void>;
	/** What opens it on this device besides. */
	readonly biometric = new DeviceBiometric(() => this.#it);
	readonly pin = new DevicePin(() => this.#it);
	#checking: Promise<void> | null = null;
	#resuming: Promise<void> | null = null;

	constructor(vault: VaultState, means: EncryptionMeans = {}) {
		const { start, signInAgain } = { ...browserMeans, ...means };
		this.signInAgain = signInAgain;
		this.#it = { vault, state: this.#state, start };
		serveVault(this.#it, () => this.check());
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
	get job(): EncryptionState['job'] {
		return this.#state.job;
	}
	/** A reset without the old password that was asked for. */
	get reset(): EncryptionState['reset'] {
		return this.#state.reset;
	}
	/** What waits on this device under an earlier password; null where nothing does. */
	get away(): EncryptionState['away'] {
		return this.#state.away;
	}
	/** The keys were replaced elsewhere: the page is to be locked, and opened with the new password. */
	get replaced(): boolean {
		return this.#state.replaced;
	}
	/** While it is locked: the password was changed on another device, or in another tab, since it was open here; the new one opens it. */
	get changedElsewhere(): boolean {
		return this.#state.changedElsewhere;
	}
	/** What the server gave that no honest server would, as an error with a code: older keys than were seen, another chain. */
	get alarm(): unknown {
		return this.#state.alarm;
	}

	/** The user layer of a domain by the accepted roster; null where it has none, or while it is locked. */
	domainLayer(entity: string, domain: Domain): DomainProtection | null {
		return this.#state.layers.get(`${entity} ${domain}`) ?? null;
	}
	/** Who stands in the accepted roster: nobody where there is none; null while that is not known, as when it is locked. */
	members(entity: string): readonly RosterPerson[] | null {
		return this.#state.members.get(entity) ?? null;
	}
	/** What the browser sealed of a record of the opened entity, from the server; see readEnvelope for what it throws. */
	readEnvelope(id: string, signal?: AbortSignal): Promise<Envelope | null> {
		return readEnvelope(this.#it.vault, id, signal);
	}

	/** Finds out where it stands; opens by itself where this device keeps the key and nobody locked it. See `check`. */
	async check(): Promise<void> {
		this.#checking ??= import('./encryption/check.ts')
			.then(({ check }) => check(this.#it))
			.finally(() => (this.#checking = null));
		return this.#checking;
	}
	/** A new phrase of six words, which satisfies the rules. */
	async suggestPhrase(language: 'en' | 'es'): Promise<string> {
		return (await import('../crypto/phrase.ts')).drawPhrase(language);
	}
	async judgePassword(password: string): Promise<JudgedPassword> {
		return (await import('../crypto/password-rules.ts')).judgePassword(password);
	}
	/** Turns it on; the bodies that are there are sealed by `resume`. Without `signIn` it needs a sign-in of five minutes. */
	async turnOn(password: string, signIn?: string): Promise<{ recoveryCode: string }> {
		if (signIn !== undefined) await this.signInAgain(signIn);
		return (await import('./encryption/turn-on.ts')).turnOn(this.#it, password, signIn);
	}
	/** Opens with the password. Throws CryptoError `crypto/cannot-open` for a wrong one. */
	async unlock(password: string): Promise<void> {
		await (await import('./encryption/unlock.ts')).unlock(this.#it, password);
	}
	/** Opens what waits here under an earlier password (`away`), with that or the recovery code of then; throws as `openEarlier`. */
	async openEarlier(secret: EarlierSecret): Promise<void> {
		await (await import('./encryption/open-earlier.ts')).openEarlier(this.#it, secret);
	}
	/** Opens with the recovery code. Throws CryptoError `crypto/recovery-code` for one with a typing error. */
	async unlockWithRecoveryCode(code: string): Promise<void> {
		await (await import('./encryption/unlock.ts')).unlockWithRecoveryCode(this.#it, code);
	}
	/** Ends the key worker; where the key is kept here, the password is asked for until it is typed. */
	async lock(): Promise<void> {
		await (await import('./encryption/keep-here.ts')).lock(this.#it);
	}
	/** Keeps the account key on this device, or no longer. */
	async keepHere(keep: boolean): Promise<void> {
		await (await import('./encryption/keep-here.ts')).keepHere(this.#it, keep);
	}
	/** Gives a domain of an owned entity the user layer; what is there is sealed by `resume`. */
	async switchOn(entity: string, domain: Domain): Promise<void> {
		await (await import('./encryption/next-generation.ts')).nextGeneration(this.#it, entity, domain, 'switch-on');
	}
	/** A new generation of a domain's key; what is there is sealed anew by `resume`. */
	async rotate(entity: string, domain: Domain): Promise<void> {
		await (await import('./encryption/next-generation.ts')).nextGeneration(this.#it, entity, domain, 'rotate');
	}
	/** Makes a new recovery code; the one before opens nothing any more. */
	async renewRecoveryCode(signIn: string): Promise<{ recoveryCode: string }> {
		await this.signInAgain(signIn);
		return (await import('./encryption/recovery.ts')).renewRecoveryCode(this.#it);
	}
	async revokeRecoveryCode(signIn: string): Promise<void> {
		await this.signInAgain(signIn);
		await (await import('./encryption/recovery.ts')).revokeRecoveryCode(this.#it);
	}
	/** Makes everything new: account key, identity, domain keys (`job`). Needs a sign-in younger than five minutes. */
	async change(password: string, signIn: string): Promise<{ recoveryCode: string }> {
		await this.signInAgain(signIn);
		return (await import('./encryption/change.ts')).change(this.#it, password, signIn);
	}
	/** How many bodies of owned entities a reset would make unreadable. */
	async countUnreadable(): Promise<number> {
		return (await import('./encryption/reset.ts')).countUnreadable(this.#it);
	}
	/** Asks for a reset without the old password, which may be finished 24 hours later. */
	async askReset(): Promise<void> {
		await (await import('./encryption/reset.ts')).askReset(this.#it);
	}
	async cancelReset(): Promise<void> {
		await (await import('./encryption/reset.ts')).cancelReset(this.#it);
	}
	/** Which parts of which entities have a key of the person's own after a reset; what no memory here tells is to be confirmed. */
	async planReset(): Promise<ResetLayers[]> {
		const plan = await (await import('./encryption/plan-reset.ts')).planReset(this.#it);
		return plan.map(({ layers }) => layers);
	}
	/** Begins anew with new keys, once the reset is due: what was sealed before is not readable any more. */
	async finishReset(
		password: string,
		signIn: string,
		confirmed: readonly ResetLayers[] = []
	): Promise<{ recoveryCode: string }> {
		await this.signInAgain(signIn);
		return (await import('./encryption/reset.ts')).finishReset(this.#it, password, signIn, confirmed);
	}
	/** Erases the earlier keys that the server keeps aside; what was replaced within the last day stays. */
	async eraseKept(): Promise<void> {
		await this.#it.vault.client.call('eraseKeptKeys');
	}
	/** Goes on with what was not sealed yet (`job`); does nothing where there is nothing, or while it is locked. */
	async resume(): Promise<void> {
		if (!this.#state.client) return;
		this.#resuming ??= import('./encryption/resume.ts')
			.then(({ resume }) => resume(this.#it))
			.finally(() => (this.#resuming = null));
		return this.#resuming;
	}
	/** Has the server an earlier state of an entity's keys, or the account's (null), than this device: of a restore, or to deceive? */
	isBehind(entity: string | null): boolean {
		return entity === null ? this.#state.accountBehind : this.#state.behind.has(entity);
	}

	/** Ends the key worker and forgets everything: another person's page begins. */
	clear = (): void => this.#state.clear();
}
