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

	/** Keeps what was opened just now, and that it is the newest this device saw. */
	async noteOpened(account: KeptAccount): Promise<void> {
		const { keys, bundle } = account;
		await this.write('keys/account', account);
		const params = keys.slots.password.params;
		await this.write('keys/seen', { version: keys.version, bundle: bundle.version, params });
		if ((await this.read('keys/on')) === null) await this.write('keys/on', keys.at);
	}

	/** Keeps that this roster of an entity is the newest this device saw. */
	async noteMark(entity: string, mark: RosterMark): Promise<void> {
		await this.write('keys/marks', { ...(await this.read('keys/marks')), [entity]: mark });
	}
}
