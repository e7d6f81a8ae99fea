import { acceptEntity, viewOf } from './accept-entity.ts';
import type { AcceptChecks } from './accept-entity.ts';
import type { Account } from './account.ts';
import type { EntityKeys } from './entity-keys.ts';
import type { EntityView, ServedEntity } from './key-verbs.ts';
import { KeysError } from './keys-error.ts';

/** The entities whose rosters were accepted since the account was opened, with their keys. */
export class AcceptedEntities {
	readonly #keys = new Map<string, EntityKeys>();
	readonly #checks: AcceptChecks | undefined;

	/** @param checks what is held against what the server gave */
	constructor(checks?: AcceptChecks) {
		this.#checks = checks;
	}

	/** Verifies what is served of an entity and takes it; see the verb `accept`. */
	async accept(account: Account, served: ServedEntity): Promise<EntityView | null> {
		const { entity, rosters, seen } = served;
		if (rosters.length === 0 && !seen && !account.facts.rosters.has(entity)) return null;
		const keys = await acceptEntity(account, served, this.#keys.get(entity), this.#checks);
		this.#keys.set(entity, keys);
		return viewOf(keys, served, account.self);
	}

	/** Throws KeysError `keys/no-layer` where nothing of it was accepted. */
	of(entity: string): EntityKeys {
		const keys = this.#keys.get(entity);
		if (!keys) throw new KeysError('keys/no-layer');
		return keys;
	}

	/** Those of these entities that were accepted. */
	among(entities: readonly string[]): EntityKeys[] {
		return entities.flatMap((entity) => this.#keys.get(entity) ?? []);
	}

	clear(): void {
		this.#keys.clear();
	}
}
