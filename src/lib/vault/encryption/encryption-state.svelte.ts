import type { Domain, Role } from '../../api/ids.ts';
import type { DomainLayer, RecordKeys } from '../../keys/record-keys.ts';

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

const NOTHING: ReadonlyMap<string, never> = new Map<string, never>();

/** What is known of a person's user encryption on this page. All of it is reactive. */
export class EncryptionState {
	phase = $state<EncryptionPhase>('unknown');
	/** The version of the keys; 0 where there are none. */
	version = $state(0);
	since = $state.raw<Date | null>(null);
	hasRecoveryCode = $state(false);
	keptHere = $state(false);
	job = $state.raw<EncryptionJob | null>(null);
	reset = $state.raw<AskedReset | null>(null);
	/** What seals and opens bodies; null while the keys are not in memory. */
	keys = $state.raw<RecordKeys | null>(null);
	/** By entity and domain, with a space between. */
	layers = $state.raw<ReadonlyMap<string, DomainProtection>>(NOTHING);
	/** By entity. */
	members = $state.raw<ReadonlyMap<string, readonly RosterPerson[]>>(NOTHING);

	/** Forgets everything: another person's page begins. */
	clear(): void {
		this.phase = 'unknown';
		this.version = 0;
		this.since = this.job = this.reset = this.keys = null;
		this.hasRecoveryCode = this.keptHere = false;
		this.layers = NOTHING;
		this.members = NOTHING;
	}
}
