import type { Domain } from '../../access/domains.ts';
import type { RosterMark } from '../../crypto/accept-rosters.ts';
import { fromBase64url } from '../../crypto/base64url.ts';
import { isNewerMark } from '../../crypto/newer-mark.ts';
import { rosterHash } from '../../crypto/signed-roster.ts';
import type { ServedEntity } from '../../keys/key-verbs.ts';
import { layersAfterReset, lostRoster } from '../../keys/lost-roster.ts';
import { listEntities } from '../list-entities.ts';
import { VaultError } from '../vault-error.ts';
import { KeptKeys } from './kept-keys.ts';
import { ownerOf } from './open-keys.ts';
import type { Encryption } from './open-keys.ts';
import { askEntity } from './served-keys.ts';

/** Which parts of an entity have a key of the person's own once a reset is finished. */
export interface ResetLayers {
	readonly entity: string;
	readonly name: string;
	readonly domains: readonly Domain[];
	/** Whether it goes on from what this device saw; else it is what the server says, for the person to confirm. */
	readonly isKnown: boolean;
}

/** An entity that a reset begins anew, and the chain that it gives up. */
export interface PlannedEntity {
	readonly layers: ResetLayers;
	readonly served: ServedEntity;
}

/**
 * What a reset would begin anew: the entities that the person owns alone, as this device and the server know them.
 * @throws ApiError; CryptoError where the server gives less than this device saw: an alarm
 */
export async function planReset({ vault }: Pick<Encryption, 'vault'>): Promise<PlannedEntity[]> {
	const [kept, user] = [new KeptKeys(vault), ownerOf(vault)];
	await listEntities(vault);
	const plan: PlannedEntity[] = [];
	for (const { id: entity, name, role } of vault.entities) {
		if (role !== 'owner') continue;
		const seen = await seenOf(kept, entity);
		const served: ServedEntity = { ...(await askEntity(vault.client, entity)), seen };
		const lost = await lostRoster(user, served);
		// Another owner can grant the keys again.
		if (lost?.members.some((member) => member.role === 'owner' && member.id !== user)) continue;
		const layers = { entity, name, domains: layersAfterReset(lost), isKnown: seen !== undefined };
		plan.push({ layers, served });
	}
	return plan;
}

/**
 * Holds that the person confirmed what rests on the server's word alone.
 * @throws VaultError `keys/layers` where it is something else
 */
export function holdConfirmed(plan: readonly PlannedEntity[], confirmed: readonly ResetLayers[]): void {
	for (const { layers } of plan) {
		const shown = confirmed.find(({ entity }) => entity === layers.entity)?.domains;
		if (!layers.isKnown && shown?.join(' ') !== layers.domains.join(' ')) throw new VaultError('keys/layers');
	}
}

/** The newest roster of an entity that this device accepted: as it noted, or as it keeps it. */
async function seenOf(kept: KeptKeys, entity: string): Promise<RosterMark | undefined> {
	const mark = await kept.markOf(entity);
	const newest = (await kept.read(`keys/entity/${entity}`))?.rosters.at(-1);
	if (!newest) return mark;
	const { epoch, counter, bytes } = newest;
	const own = { epoch, counter: Number(counter), hash: await rosterHash(fromBase64url(bytes)) };
	return mark && !isNewerMark(own, mark) ? mark : own;
}
