import type { BundleText, KeysAnswer } from '../../api/keys.ts';
import type { RosterMark } from '../../crypto/accept-rosters.ts';
import { isNewerMark } from '../../crypto/newer-mark.ts';
import type { RecordStore } from '../../device/record-store.ts';
import type { SeenKeys, ServedEntity } from '../../keys/key-verbs.ts';
import { VaultError } from '../vault-error.ts';
import type { VaultState } from '../vault-state.svelte.ts';
import type { PrfCredential } from './authenticator.ts';

/** What an unlock needs, as the server gave it last: wrapped keys and the sealed bundle. */
export interface KeptAccount {
	keys: KeysAnswer;
	bundle: BundleText;
}

/** So many identities before the one of now are kept aside. */
const MOST_ASIDE = 5;

/** Whether two are the keys of one identity: the same account key opens both. */
function ofSameIdentity(one: KeysAnswer, other: KeysAnswer): boolean {
	return one.identity.sign === other.identity.sign && one.identity.kem === other.identity.kem;
}

/**
 * Served keys as something else than the password opens them: with the password's slot that is noted here, if it is of
 * the same keys. The server could have put anything into it, and nothing else would notice.
 */
export function withNotedSlot(served: KeptAccount, noted: KeptAccount | null): KeptAccount {
	if (!noted || !ofSameIdentity(served.keys, noted.keys)) return served;
	const slots = { ...served.keys.slots, password: noted.keys.slots.password };
	return { ...served, keys: { ...served.keys, slots } };
}

/** Whether the server gives something older than this device has seen: a restored backup, or an attack. */
export function isOlder(served: KeptAccount, kept: KeptAccount): boolean {
	return served.keys.version < kept.keys.version || served.bundle.version < kept.bundle.version;
}

/** By the names under which the device keeps them, sealed as everything it keeps. */
interface Kept {
	/** This account has user encryption: from when on this device knows it, RFC 3339. */
	'keys/on': string;
	'keys/account': KeptAccount;
	/** The highest that was seen: anything below it is a roll-back. */
	'keys/seen': SeenKeys;
	/** The keys of identities before the one of now, for as long as something waits here that only they open. */
	'keys/earlier': KeysAnswer[];
	/** The keys for what this device keeps of domains with a user layer, sealed with the account key. */
	'keys/local': string[];
	/** The account key, wrapped for this device: the person chose so. */
	'keys/device': string;
	/** The account key, wrapped under what the authenticator gives for a salt; of which keys it is. */
	'keys/biometric': PrfCredential & { wrapped: string; identity: string };
	/** The account key, wrapped under a PIN and a share that the server gives out for it; salt and key base64url, and identityOf the keys. */
	'keys/pin': { salt: string; wrapped: string; identity: string };
	/** The person locked the vault: the device's own slot waits until the password is typed. */
	'keys/locked': true;
	/** A page of this device locked itself, since its keys were replaced elsewhere: until the new password is typed. */
	'keys/replaced': true;
	/** The newest roster of an entity that was accepted on this device. */
	[mark: `keys/mark/${string}`]: RosterMark;
	/** The epoch of an entity in which the person had this device put back what a restore of the server took. */
	[restored: `keys/restored/${string}`]: string;
	/** What was last accepted of an entity. */
	[entity: `keys/entity/${string}`]: ServedEntity;
}

/** What the device remembers of the owner's keys. Nothing of it opens anything but `keys/device`. */
export class KeptKeys {
	readonly #store: Promise<RecordStore>;

	/** Throws VaultError `vault/closed` where nobody is signed in. */
	constructor({ store }: Pick<VaultState, 'store'>) {
		if (!store) throw new VaultError('vault/closed');
		this.#store = store;
	}

	/** Throws DeviceError. */
	async read<Name extends keyof Kept>(name: Name): Promise<Kept[Name] | null> {
		const text = await (await this.#store).readText(name);
		return text === null ? null : (JSON.parse(text) as Kept[Name]);
	}

	/** Null removes it. Throws DeviceError. */
	async write<Name extends keyof Kept>(name: Name, value: Kept[Name] | null): Promise<void> {
		await (await this.#store).writeText(name, value === null ? null : JSON.stringify(value));
	}

	/** The entities of which something is kept. */
	async entities(): Promise<string[]> {
		const prefix = 'keys/entity/';
		return (await (await this.#store).textNames(prefix)).map((name) => name.slice(prefix.length));
	}

	/**
	 * Keeps what was opened just now, and that it is the newest this device saw.
	 * @param byPassword whether the password opened it, or made it. Else nothing has shown that its slot, the parameters
	 * and the version are right: of the same identity, what was noted before stays.
	 */
	async noteOpened({ keys, bundle }: KeptAccount, byPassword: boolean): Promise<void> {
		const before = await this.read('keys/account');
		const stays = !byPassword && before !== null && ofSameIdentity(before.keys, keys);
		if (before && !ofSameIdentity(before.keys, keys)) await this.#keepAside(before.keys);
		await this.write('keys/replaced', null);
		await this.write('keys/account', { keys: stays ? before.keys : keys, bundle });
		const { version, slots } = keys;
		await this.#update('keys/seen', (seen) => {
			const noted = byPassword || !seen ? { version, params: slots.password.params } : seen;
			return higherOf({ ...noted, bundle: bundle.version }, seen);
		});
		if ((await this.read('keys/on')) === null) await this.write('keys/on', keys.at);
	}

	/** A password remembered later opens what was sealed under it. */
	async #keepAside(keys: KeysAnswer): Promise<void> {
		await this.#update('keys/earlier', (aside) => {
			const others = (aside ?? []).filter((one) => !ofSameIdentity(one, keys));
			return [keys, ...others].slice(0, MOST_ASIDE);
		});
	}

	/** Keeps a bundle that was put just now. */
	async noteBundle(bundle: BundleText): Promise<void> {
		await this.#update('keys/account', (account) =>
			account && account.bundle.version < bundle.version ? { ...account, bundle } : null
		);
		await this.#update('keys/seen', (seen) => seen && higherOf({ ...seen, bundle: bundle.version }, seen));
	}

	/** The newest roster of an entity that this device saw. */
	async markOf(entity: string): Promise<RosterMark | undefined> {
		return (await this.read(`keys/mark/${entity}`)) ?? undefined;
	}

	/** Keeps that this roster of an entity was seen; one that is newer stays. */
	async noteMark(entity: string, mark: RosterMark): Promise<void> {
		await this.#update(`keys/mark/${entity}`, (before) => (before && isNewerMark(before, mark) ? before : mark));
	}

	/** In one step among the tabs: what another one noted meanwhile is gone on from. */
	async #update<Name extends keyof Kept>(
		name: Name,
		change: (before: Kept[Name] | null) => Kept[Name] | null
	): Promise<void> {
		const write = (before: string | null): string | null => {
			const after = change(before === null ? null : (JSON.parse(before) as Kept[Name]));
			return after === null ? null : JSON.stringify(after);
		};
		await (await this.#store).updateText(name, write);
	}
}

/** What was seen only ever rises. */
function higherOf(one: SeenKeys, other: SeenKeys | null): SeenKeys {
	if (!other) return one;
	const [m, t, p] = one.params;
	return {
		version: Math.max(one.version, other.version),
		bundle: Math.max(one.bundle, other.bundle),
		params: [Math.max(m, other.params[0]), Math.max(t, other.params[1]), Math.max(p, other.params[2])]
	};
}
