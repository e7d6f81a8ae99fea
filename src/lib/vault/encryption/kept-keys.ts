import type { BundleText, KeysAnswer } from '../../api/keys.ts';
import type { RosterMark } from '../../crypto/accept-rosters.ts';
import type { RecordStore } from '../../device/record-store.ts';
import type { SeenKeys, ServedEntity } from '../../keys/key-verbs.ts';
import { VaultError } from '../vault-error.ts';
import type { VaultState } from '../vault-state.svelte.ts';

/** What an unlock needs, as the server gave it last: wrapped keys and the sealed bundle. */
export interface KeptAccount {
	keys: KeysAnswer;
	bundle: BundleText;
}

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
	/** The newest accepted roster by entity. */
	'keys/marks': { [entity: string]: RosterMark };
	/** The keys for what this device keeps of domains with a user layer, sealed with the account key. */
	'keys/local': string[];
	/** The account key, wrapped for this device: the person chose so. */
	'keys/device': string;
	/** The person locked the vault: the device's own slot waits until the password is typed. */
	'keys/locked': true;
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
		const [before, seen] = [await this.read('keys/account'), await this.read('keys/seen')];
		const stays = !byPassword && before !== null && ofSameIdentity(before.keys, keys);
		await this.write('keys/account', { keys: stays ? before.keys : keys, bundle });
		const { version, slots } = keys;
		const noted = byPassword || !seen ? { version, params: slots.password.params } : seen;
		await this.write('keys/seen', { version: noted.version, params: noted.params, bundle: bundle.version });
		if ((await this.read('keys/on')) === null) await this.write('keys/on', keys.at);
	}

	/** Keeps a bundle that was put just now. */
	async noteBundle(bundle: BundleText): Promise<void> {
		const [account, seen] = [await this.read('keys/account'), await this.read('keys/seen')];
		if (account) await this.write('keys/account', { ...account, bundle });
		if (seen) await this.write('keys/seen', { ...seen, bundle: bundle.version });
	}

	/** Keeps that this roster of an entity is the newest this device saw. */
	async noteMark(entity: string, mark: RosterMark): Promise<void> {
		await this.write('keys/marks', { ...(await this.read('keys/marks')), [entity]: mark });
	}
}
