import type { Domain } from '../api/ids.ts';
import type { UserSeal } from '../device/user-seal.ts';
import type { RecordKeys } from '../keys/record-keys.ts';

/** The seal that the device puts on what it keeps of domains with a user layer, and of health in any case. */
export function userSeal(keys: RecordKeys): UserSeal {
	return {
		covers: (entity, domain) => domain === 'health' || keys.layer(entity, domain as Domain) !== null,
		seal: (texts) => keys.sealLocal(texts),
		open: (texts) => keys.openLocal(texts),
		isNewest: (sealed) => keys.isLocalNewest(sealed)
	};
}
