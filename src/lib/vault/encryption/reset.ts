import { DOMAINS } from '../../access/domains.ts';
import type { Domain } from '../../access/domains.ts';
import { fromBase64url } from '../../crypto/base64url.ts';
import { checkNewPassword } from '../../crypto/password-rules.ts';
import { readRoster } from '../../crypto/read-roster.ts';
import { passwordBytes } from '../../crypto/root-key.ts';
import type { Roster } from '../../crypto/roster.ts';
import type { ServedEntity } from '../../keys/key-verbs.ts';
import { listEntities } from '../list-entities.ts';
import { VaultError } from '../vault-error.ts';
import { KeptKeys } from './kept-keys.ts';
import { ownerOf } from './open-keys.ts';
import type { Encryption } from './open-keys.ts';
import { holdConfirmed, planReset } from './plan-reset.ts';
import type { ResetLayers } from './plan-reset.ts';
import { putNew, showTaken } from './put-keys.ts';
import { askAccount } from './served-keys.ts';
import { showLocked } from './show-locked.ts';

/** How many bodies of owned entities have a user layer: a reset makes them unreadable. Throws ApiError. */
export async function countUnreadable(encryption: Encryption): Promise<number> {
	let count = 0;
	for (const entity of await ownEntities(encryption)) {
		for (const domain of DOMAINS) count += await countSealed(encryption, entity, domain);
	}
	return count;
}

/** Asks for a reset without the old password. Throws ApiError. */
export async function askReset({ vault, state }: Encryption): Promise<void> {
	const { asked, due } = await vault.client.call('askReset');
	state.reset = { asked: new Date(asked), due: new Date(due) };
}

/** Calls a reset off. Throws ApiError. */
export async function cancelReset({ vault, state }: Encryption): Promise<void> {
	await vault.client.call('cancelReset');
	state.reset = null;
}

/**
 * Begins anew with keys of its own, once the reset is due. What was sealed before is not readable any more.
 * @param signIn the sign-in password, from which the new one must differ
 * @param confirmed what the person confirmed of `planReset`, where this device does not know it itself
 * @throws CryptoError `crypto/password`, and as planReset; VaultError `keys/not-due`, `keys/missing`, `keys/layers` and as
 * putNew; ApiError; KeysError
 */
export async function finishReset(
	encryption: Encryption,
	password: string,
	signIn: string,
	confirmed: readonly ResetLayers[]
): Promise<{ recoveryCode: string }> {
	const { vault, state } = encryption;
	await checkNewPassword(password, signIn);
	const account = await askAccount(vault.client);
	if (!account) throw new VaultError('keys/missing');
	const { keys, bundle } = account;
	if (!keys.reset || Date.parse(keys.reset.due) > Date.now()) throw new VaultError('keys/not-due');
	const plan = await planReset(encryption);
	holdConfirmed(plan, confirmed);
	const client = await encryption.start(() => state.client === client && showLocked(encryption));
	const bytes = passwordBytes(password);
	const versions = { version: keys.version, bundle: bundle.version };
	const entities = plan.map(({ served }) => served);
	const input = { user: ownerOf(vault), password: bytes, ...versions, entities };
	const draw = () => client.call('reset', input, [bytes.buffer]);
	const taken = await putNew(encryption, client, draw).catch((error: unknown) => {
		client.close();
		throw error;
	});
	state.keptHere = false;
	await showTaken(encryption, client, taken);
	// It is of the account key before: by now it has opened what waits here under that.
	await new KeptKeys(vault).write('keys/device', null).catch(() => undefined);
	return { recoveryCode: taken.made.recoveryCode };
}

async function countSealed(encryption: Encryption, entity: string, domain: Domain): Promise<number> {
	const { client } = encryption.vault;
	const { rosters } = await client.call('listRosters', { query: { entity } });
	const current = newestOf(rosters)?.domains[domain]?.current;
	if (current === undefined) return 0;
	const count = async (below: number) => {
		const { records, left } = await client.call('listStale', { body: { entity, domain, below, limit: 1 } });
		return records.length + left;
	};
	// Those below generation 1 have no user layer: they stay readable.
	return (await count(current + 1)) - (await count(1));
}

function newestOf(rosters: ServedEntity['rosters']): Roster | undefined {
	const newest = rosters.at(-1);
	return newest && readRoster(fromBase64url(newest.bytes));
}

async function ownEntities({ vault }: Encryption): Promise<string[]> {
	await listEntities(vault);
	return vault.entities.filter(({ role }) => role === 'owner').map(({ id }) => id);
}
