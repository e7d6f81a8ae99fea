import type { BundleText, PutKeys } from '../api/keys.ts';
import type { RosterPost } from '../api/rosters.ts';
import type { Bytes } from '../crypto/bytes.ts';
import type { Argon2 } from '../crypto/kdf.ts';
import type { AcceptChecks } from './accept-entity.ts';
import { AcceptedEntities } from './accepted-entities.ts';
import type { Account } from './account.ts';
import { changeAccount, moveOwner } from './change-account.ts';
import { FileKeys, type SealedPart } from './file-keys.ts';
import { foundEntity, nextPost } from './entity-rosters.ts';
import { handOut, handOutBundle, handOutRecovery, handOutSlots } from './hand-out.ts';
import { HalfOpened } from './half-opened.ts';
import { HeldPin, type ReadPin } from './held-pin.ts';
import type { EntityView, KeyVerbs, NewKeys, ServedEntity, TakenLocalKeys, ToPut } from './key-verbs.ts';
import { KeysError } from './keys-error.ts';
import { LocalKeys } from './local-keys.ts';
import { openBodies } from './open-bodies.ts';
import { keysAsOf, postedAgain } from './posted-again.ts';
import { resealBodies } from './reseal-bodies.ts';
import { resetAccount } from './reset-account.ts';
import { sealBodies } from './seal-bodies.ts';
import { drawShareKey, openNamedShare, type ShareKey } from './share-keys.ts';
import { openCacheKey, type UnlockChecks } from './unlock-account.ts';
import { Tickets } from './tickets.ts';
import { turnOnAccount } from './turn-on-account.ts';

type Input<V extends keyof KeyVerbs> = Parameters<KeyVerbs[V]>[0];

/** Everything secret that an unlocked vault holds: the account, and the keys of its entities. */
export class Keyring implements KeyVerbs {
	readonly #argon2: Argon2;
	readonly #checks: UnlockChecks | undefined;
	#account: Account | null = null;
	readonly #entities: AcceptedEntities;
	#half: HalfOpened | null = null;
	readonly #pin = new HeldPin();
	readonly #files = new FileKeys();
	readonly #local = new LocalKeys(this.#files);
	readonly #tickets = new Tickets();

	/** @param checks what is held against what the server gave: tests take single ones out */
	constructor(argon2: Argon2, checks: { accept?: AcceptChecks; unlock?: UnlockChecks } = {}) {
		[this.#argon2, this.#checks, this.#entities] = [argon2, checks.unlock, new AcceptedEntities(checks.accept)];
	}

	async prepare(): Promise<void> {
		await this.#argon2.prepare?.();
	}

	async turnOn(input: Input<'turnOn'>): Promise<NewKeys> {
		return handOut(this.#tickets, await turnOnAccount(this.#argon2, input), this.#adopt);
	}

	async unlock(input: Input<'unlock'>): Promise<boolean> {
		this.#half = null;
		this.#half = await HalfOpened.by(this.#argon2, { ...input, pin: this.#pin }, this.#checks);
		return this.tryBundle(input);
	}

	async tryBundle({ bundle }: Input<'tryBundle'>): Promise<boolean> {
		if (!this.#half) throw new KeysError('keys/locked');
		const account = await this.#half.open(bundle);
		if (!account) return false;
		this.#half = null;
		this.#adopt(account);
		this.#entities.clear();
		return true;
	}

	async accept(served: ServedEntity): Promise<EntityView | null> {
		return this.#entities.accept(this.#open, served);
	}

	async wrapForDevice(by: Input<'wrapForDevice'>): Promise<string> {
		return this.#open.wrapForDevice(by);
	}

	async readPin({ pin, salt }: Input<'readPin'>): Promise<ReadPin> {
		return this.#pin.read(this.#argon2, pin, salt);
	}

	async wrapForPin({ share }: Input<'wrapForPin'>): Promise<string> {
		return this.#open.wrapForPin(this.#pin, share);
	}

	async seal({ entity, domain, ...bodies }: Input<'seal'>): ReturnType<KeyVerbs['seal']> {
		const into = { entity, domain, ...this.#entities.of(entity).currentKey(domain) };
		return sealBodies(into, this.#open.self, await this.#files.revealIn(bodies));
	}

	async open({ entity, domain, ...rows }: Input<'open'>): ReturnType<KeyVerbs['open']> {
		return this.#files.hideIn(await openBodies(this.#entities.of(entity).reading(domain), rows));
	}

	async takeLocal({ kept, earlier }: Input<'takeLocal'>): Promise<TakenLocalKeys> {
		const { user, cacheKey } = this.#open;
		const before = earlier && (await openCacheKey(this.#argon2, { user, ...earlier }));
		return this.#local.take(cacheKey, kept, before);
	}

	useLocal(): Promise<void> {
		return Promise.resolve(this.#local.use());
	}

	async sealLocal(texts: Input<'sealLocal'>): Promise<Bytes[]> {
		return this.#local.seal(texts);
	}

	async openLocal(texts: Input<'openLocal'>): Promise<(Bytes | null)[]> {
		return this.#local.open(texts);
	}

	drawFileKey(): Promise<string> {
		return this.#files.draw();
	}

	sealPart({ bytes, ...part }: Input<'sealPart'>): Promise<SealedPart> {
		return this.#files.seal(part, bytes);
	}

	openPart({ bytes, size, ...part }: Input<'openPart'>): Promise<Bytes> {
		return this.#files.open(part, size, bytes);
	}

	drawShareKey(): Promise<ShareKey> {
		return drawShareKey(this.#files);
	}

	openShare(share: Input<'openShare'>): Promise<Bytes> {
		return openNamedShare(this.#files, share);
	}

	async nextBundle(): Promise<ToPut<BundleText> | null> {
		return handOutBundle(this.#tickets, this.#open);
	}

	async bundleAgain({ version }: Input<'bundleAgain'>): Promise<BundleText> {
		return this.#open.bundleOf(version);
	}

	async mergeBundle({ bundle }: Input<'mergeBundle'>): Promise<void> {
		await this.#open.merge(bundle);
	}

	settle({ ticket, taken }: Input<'settle'>): Promise<void> {
		return Promise.resolve(this.#tickets.settle(ticket, taken));
	}

	known(): Promise<string[]> {
		return Promise.resolve([...this.#open.facts.rosters.keys()]);
	}

	async moveOwn({ entity }: Input<'moveOwn'>): Promise<RosterPost> {
		return (await moveOwner(this.#entities.of(entity), this.#open.self)).post;
	}

	async found({ entity }: Input<'found'>): Promise<RosterPost> {
		return (await foundEntity(this.#open.self, entity)).post;
	}

	async nextRoster({ entity, domain, step }: Input<'nextRoster'>): Promise<RosterPost> {
		return (await nextPost(this.#open.self, this.#entities.of(entity), domain, step)).post;
	}

	async postAgain({ entity, rosters }: Input<'postAgain'>): Promise<RosterPost[]> {
		return postedAgain(this.#open.self, this.#entities.of(entity), rosters);
	}

	async reseal({ entity, domain, asOf, ...rows }: Input<'reseal'>): ReturnType<KeyVerbs['reseal']> {
		const [{ self }, keys] = [this.#open, this.#entities.of(entity)];
		return resealBodies(asOf ? await keysAsOf(self, keys, asOf) : keys, domain, rows, self);
	}

	async change({ password, entities }: Input<'change'>): Promise<NewKeys> {
		const keys = this.#entities.among(entities);
		return handOut(this.#tickets, await changeAccount(this.#argon2, this.#open, password, keys), this.#adopt);
	}

	async reset(input: Input<'reset'>): Promise<NewKeys> {
		return handOut(this.#tickets, await resetAccount(this.#argon2, input), this.#adopt);
	}

	async renewRecoveryCode(): Promise<NewKeys> {
		return handOutRecovery(this.#tickets, this.#open);
	}

	async revokeRecoveryCode(): Promise<ToPut<PutKeys>> {
		return handOutSlots(this.#tickets, this.#open, { password: this.#open.slots.password });
	}

	readonly #adopt = (account: Account): void => {
		if (this.#account?.user !== account.user) this.#local.clear();
		this.#account = account;
	};

	get #open(): Account {
		if (!this.#account) throw new KeysError('keys/locked');
		return this.#account;
	}
}
