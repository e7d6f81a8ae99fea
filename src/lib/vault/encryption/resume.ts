import { isDomain } from '../../access/domains.ts';
import { permissionsOf } from '../../access/permissions.ts';
import type { Domain } from '../../api/ids.ts';
import { KeysError } from '../../keys/keys-error.ts';
import { renewEntity } from './entity-layers.ts';
import { turnLocal } from './local-keys.ts';
import type { Encryption } from './open-keys.ts';
import { findReplaced } from './replaced.ts';
import { sealAnew } from './seal-anew.ts';

/**
 * Takes in the keys of every entity as the server has them, then goes on with what was being sealed anew, one domain
 * after another and one tab at a time; last what this device keeps for itself. Does nothing while it is locked.
 * @throws DeviceError, ApiError, CryptoError, KeysError: what is done stays done, and the rest is for the next call
 */
export async function resume(encryption: Encryption): Promise<void> {
	const { vault, state } = encryption;
	if (!state.client) return;
	if (state.unsettled && (await findReplaced(encryption))) throw new KeysError('keys/changed-elsewhere');
	state.unsettled = false;
	for (const { id } of vault.entities) if (!state.renewed.has(id)) await renewEntity(encryption, id);
	await vault.alone('seal-anew', async () => {
		for (const [entity, domain] of unfinished(encryption)) await sealAnew(encryption, entity, domain);
	});
	await turnLocal(encryption);
}

/** The domains with generations to be retired, in which this person may do that. */
function unfinished({ vault, state }: Encryption): [entity: string, domain: Domain][] {
	return [...state.layers].flatMap(([name, { oldest, current }]): [string, Domain][] => {
		const [entity = '', domain = ''] = name.split(' ');
		const own = state.members.get(entity)?.find(({ id }) => id === vault.owner);
		if (oldest === current || !own || !isDomain(domain) || !own.domains.includes(domain)) return [];
		return permissionsOf(own.role).includes('keys.rotate') ? [[entity, domain]] : [];
	});
}
