import { DOMAINS } from '../access/domains.ts';
import type { AccountDatabase } from './account-database.ts';
import type { DeviceSeal } from './device-seal.ts';
import { coverTexts } from './kept-texts.ts';
import { coverChanges } from './outbox.ts';
import { coverPages } from './page-fold.ts';

/** Brings what is on the device under the user's own key, as that comes or covers more. */
export class KeptCover {
	readonly #database: AccountDatabase;
	readonly #seal: DeviceSeal;
	/** Entities and domains of which all that is kept is known to be sealed as they ask. */
	readonly #covered = new Set<string>();

	constructor(database: AccountDatabase, seal: DeviceSeal) {
		this.#database = database;
		this.#seal = seal;
	}

	/** The key is another, or gone: what was looked at is to be looked at again. */
	forget(): void {
		this.#covered.clear();
	}

	/** Seals what it has come to cover: what was kept before, or by a tab that did not know of it. */
	async extend(entity: string): Promise<void> {
		const [database, seal] = [this.#database, this.#seal];
		if (seal.user === null || seal.user === 'locked') return;
		if (!this.#covered.has('texts')) await coverTexts(database, seal);
		this.#covered.add('texts');
		for (const domain of DOMAINS) {
			const name = `${entity} ${domain}`;
			if (this.#covered.has(name) || !seal.covers(entity, domain)) continue;
			await coverPages(database, seal, entity, domain);
			await coverChanges(database, seal, entity, domain);
			this.#covered.add(name);
		}
	}
}
