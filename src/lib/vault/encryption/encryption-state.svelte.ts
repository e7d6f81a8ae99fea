/* eslint-disable svelte/prefer-svelte-reactivity -- another takes its place: nothing here is written to */
import type { Domain, Role } from '../../api/ids.ts';
import type { KeysAnswer } from '../../api/keys.ts';
import type { KeyClient } from '../../keys/key-client.ts';
import type { EntityView } from '../../keys/key-verbs.ts';
import { identityOf } from './replaced.ts';
import type { DomainLayer } from '../../keys/record-keys.ts';

/**
 * `unknown`: neither this device nor the server has said yet. `off`: the account has no user encryption. `locked`: it
 * has, and the keys are not in memory. `open`: they are. `missing`: this device knows that it has, and the server says it
 * has not: nothing is sent.
 */
export type EncryptionPhase = 'unknown' | 'off' | 'locked' | 'open' | 'missing';

/** The user layer of a domain by the accepted roster; `since` is when its current generation began. */
export interface DomainProtection extends DomainLayer {
	since: Date | null;
}

/** Bodies being sealed anew; it goes on where it was left, from any device. */
export interface EncryptionJob {
	kind: 'switch-on' | 'rotate';
	entity: string;
	domain: Domain;
	done: number;
	total: number;
}

/** Who stands in an entity's accepted roster. */
export interface RosterPerson {
	id: string;
	role: Role;
	domains: readonly Domain[];
}

/** What the person asked for when the password is lost, and when it may be done. */
export interface AskedReset {
	asked: Date;
	due: Date;
}

/** Changes that are on no server, and drafts, that an earlier password opens. */
export interface SealedAway {
	changes: number;
	drafts: number;
}

/** The keys for what this device keeps for itself. */
export interface LocalKeysHere {
	/** As it keeps them. */
	readonly texts: readonly string[];
	/** How many open besides the first, and how many do not. */
	readonly older: number;
	readonly closed: number;
	/** Whether this page sealed under one that is not the first any more. */
	readonly inUse: boolean;
}

const NO_LOCAL: LocalKeysHere = { texts: [], older: 0, closed: 0, inUse: false };
const NOTHING: ReadonlyMap<string, never> = new Map<string, never>();

/** What is known of a person's user encryption on this page. All of it is reactive. */
export class EncryptionState {
	phase = $state<EncryptionPhase>('unknown');
	/** The version of the keys; 0 where there are none. */
	version = $state(0);
	since = $state.raw<Date | null>(null);
	/** The public identity of these keys, see identityOf; empty where there are none. */
	identity = '';
	/** The keys that this page has open were replaced elsewhere: it is to be locked. */
	replaced = $state(false);
	/** The keys are of another identity, and newer ones, than this device, or a page of it, opened last: the new password opens them. */
	changedElsewhere = $state(false);
	/** Nobody could tell whether the server took new keys: it is asked before anything goes on. */
	unsettled = false;
	hasRecoveryCode = $state(false);
	keptHere = $state(false);
	/** A fingerprint or a face opens the vault on this device. */
	hasBiometric = $state(false);
	/** It did, and opens nothing any more. */
	biometricEnded = $state(false);
	/** A PIN opens the vault on this device, with the server's share. */
	hasPin = $state(false);
	/** There was one, which opens nothing any more. */
	pinEnded = $state(false);
	job = $state.raw<EncryptionJob | null>(null);
	reset = $state.raw<AskedReset | null>(null);
	/** The key worker; null while the keys are not in memory. */
	client = $state.raw<KeyClient | null>(null);
	/** What the server gave that no honest server would, since this page began. */
	alarm = $state.raw<unknown>(null);
	/** What waits on this device under an earlier password. */
	away = $state.raw<SealedAway | null>(null);
	local = NO_LOCAL;
	/** Entities of which the server has an earlier state of the keys than this device: of a restore, or to deceive. */
	behind = $state.raw<ReadonlySet<string>>(new Set());
	/** So it is with the keys of the account itself, of the same identity, or with their bundle. */
	accountBehind = $state(false);
	/** Entities of which the server was asked since the keys were opened. */
	readonly renewed = new Set<string>();
	/** By entity and domain, with a space between. */
	layers = $state.raw<ReadonlyMap<string, DomainProtection>>(NOTHING);
	/** By entity; empty where there is no roster, and nothing where that is not known. */
	members = $state.raw<ReadonlyMap<string, readonly RosterPerson[]>>(NOTHING);

	#last: Promise<unknown> = Promise.resolve();

	/**
	 * Asks the server for rosters once all that asked before is done: an answer that comes in behind a later one would look
	 * rolled back.
	 */
	inTurn<T>(work: () => Promise<T>): Promise<T> {
		const mine = this.#last.then(work);
		this.#last = mine.catch(() => undefined);
		return mine;
	}

	/** Notes what no honest server would give. That keys are from before a change of the password says more than their age. */
	warn(error: unknown): void {
		const codes = [this.alarm, error].map((one) => (one as { code?: unknown } | null)?.code);
		if (codes[0] !== 'keys/before-change' || codes[1] !== 'crypto/rolled-back') this.alarm = error;
	}

	/** Forgets everything: another person's page begins. */
	clear(): void {
		this.phase = 'unknown';
		this.version = 0;
		this.since = this.reset = this.alarm = null;
		this.hasRecoveryCode =
			this.keptHere =
			this.hasBiometric =
			this.biometricEnded =
			this.hasPin =
			this.pinEnded =
			this.changedElsewhere =
			this.accountBehind =
				false;
		this.client?.close();
		this.forgetKeys();
	}

	/** Shows what the server, or this device, says of the keys. */
	show(keys: KeysAnswer): void {
		const { version, slots, at, reset } = keys;
		this.version = version;
		this.identity = identityOf(keys);
		this.since = new Date(at);
		this.hasRecoveryCode = slots.recovery !== undefined;
		this.reset = reset && { asked: new Date(reset.asked), due: new Date(reset.due) };
	}

	/** An entity's rosters were accepted. */
	accepted({ entity, members, layers }: EntityView): void {
		const others = [...this.layers].filter(([name]) => !name.startsWith(`${entity} `));
		const own = layers.map(({ domain, oldest, current, since }): [string, DomainProtection] => [
			`${entity} ${domain}`,
			{ oldest, current, since: since === '' ? null : new Date(since) }
		]);
		this.layers = new Map([...others, ...own]);
		this.members = new Map([...this.members, [entity, members]]);
	}

	/** The server has no roster of an entity: nothing of it is under a user's key. */
	noRoster(entity: string): void {
		this.members = new Map([...this.members, [entity, []]]);
	}

	/** The keys are gone from memory, and with them what they verified. */
	forgetKeys(): void {
		this.client = null;
		this.job = this.away = null;
		this.replaced = this.unsettled = false;
		this.local = NO_LOCAL;
		this.renewed.clear();
		this.layers = NOTHING;
		this.members = NOTHING;
		this.behind = new Set();
	}
}
