import type { Domain } from '../../api/ids.ts';
import type { Record as RecordRow } from '../../api/record.ts';
import type { Resealed } from '../../api/reseal.ts';
import { ApiError } from '../../sync/api-error.ts';
import { VaultError } from '../vault-error.ts';
import type { EncryptionJob } from './encryption-state.svelte.ts';
import { renewEntity } from './entity-layers.ts';
import { keptBodies, saysWhatIsKept } from './kept-bodies.ts';
import type { KeptBodies } from './kept-bodies.ts';
import type { Encryption } from './open-keys.ts';

/** Bodies asked for and sent back at once. */
const PAGE = 100;

/** What a body is held against before it is signed for the first time. Tests take it out, to show what it stops. */
export const sealChecks = { saysWhatIsKept };

/**
 * Seals every body of a domain under its current generation, then retires what is older. Bodies that do not open stay as
 * they are, and keep the old generation from being retired; so do those that the server gives to be signed with other
 * words than this device knows, which is an alarm. Killed anywhere, it goes on from what is left, here or on another
 * device.
 * @throws ApiError, CryptoError, DeviceError, KeysError: what is done stays done
 */
export async function sealAnew(
	encryption: Pick<Encryption, 'vault' | 'state'>,
	entity: string,
	domain: Domain,
	checks = sealChecks
): Promise<void> {
	const { vault, state } = encryption;
	const layer = state.layers.get(`${entity} ${domain}`);
	if (!layer || layer.oldest === layer.current) return;
	const kind: EncryptionJob['kind'] = layer.oldest === 0 ? 'switch-on' : 'rotate';
	let done = 0;
	const show = (left: number): void => {
		state.job = { kind, entity, domain, done, total: done + left };
	};
	const kept: KeptBodies = layer.oldest === 0 ? await keptBodies(vault, entity, domain) : new Map<string, never>();
	const fits = (row: RecordRow): boolean => checks.saysWhatIsKept(kept, row);
	try {
		for (let progress = true; progress;) {
			const sealed = await sealOnce(encryption, { entity, domain, below: layer.current, fits }, (more, left) => {
				done += more;
				show(left);
			});
			if (sealed === 'none-left') {
				await retire(encryption, entity, domain);
				// What this device kept of it from before has had the device's own key alone.
				return await (await vault.store)?.fold(entity);
			}
			progress = sealed > 0;
		}
	} finally {
		state.job = null;
	}
}

/**
 * One pass over all that is left: a page is asked for and sealed while the one before is on its way to the server. Gives
 * how many were sealed, or that none is left.
 */
async function sealOnce(
	{ vault, state }: Pick<Encryption, 'vault' | 'state'>,
	{ fits, ...which }: { entity: string; domain: Domain; below: number; fits: (row: RecordRow) => boolean },
	tell: (sealed: number, left: number) => void
): Promise<number | 'none-left'> {
	const { entity, domain } = which;
	let [sealed, after] = [0, undefined as { id: string; rev: string } | undefined];
	let underWay: Promise<void> = Promise.resolve();
	const put = async (bodies: Resealed[], left: number): Promise<void> => {
		const taken = await putPage(vault, entity, domain, bodies);
		sealed += taken;
		tell(taken, left);
	};
	try {
		for (;;) {
			const body = { ...which, limit: PAGE, ...(after ? { after } : {}) };
			const { records, left } = await vault.client.call('listStale', { body });
			const last = records.at(-1);
			if (!last) break;
			const right = records.filter(fits);
			if (right.length < records.length) state.alarm = new VaultError('keys/other-body');
			const bodies = await sealPage(state, entity, domain, right);
			await underWay;
			tell(0, left + records.length);
			underWay = put(bodies, left);
			// It is waited for below, whatever comes before that.
			underWay.catch(() => undefined);
			after = { id: last.id, rev: last.rev };
		}
		await underWay;
		return after ? sealed : 'none-left';
	} finally {
		await underWay.catch(() => undefined);
	}
}

async function sealPage(
	state: Encryption['state'],
	entity: string,
	domain: Domain,
	rows: readonly RecordRow[]
): Promise<Resealed[]> {
	if (!state.client) throw new VaultError('keys/locked');
	if (rows.length === 0) return [];
	const made = await state.client.reseal(entity, domain, rows);
	return made.flatMap(({ sealed, ...body }) => (sealed === null ? [] : [{ ...body, sealed }]));
}

/** How many of them the server took. */
async function putPage(
	vault: Encryption['vault'],
	entity: string,
	domain: Domain,
	bodies: Resealed[]
): Promise<number> {
	if (bodies.length === 0) return 0;
	const { results } = await vault.client.call('resealRecords', { body: { entity, domain, bodies } });
	return results.filter(({ status }) => status === 'accepted').length;
}

/** Takes the old generations from use. Where a body came in under one meanwhile, or another device was first, that is seen next time. */
async function retire(
	{ vault, state }: Pick<Encryption, 'vault' | 'state'>,
	entity: string,
	domain: Domain
): Promise<void> {
	const post = await state.client?.call('nextRoster', { entity, domain, step: 'retire' });
	if (!post) return;
	try {
		await vault.client.call('postRoster', { body: post });
	} catch (error) {
		if (!(error instanceof ApiError) || error.status !== 409) throw error;
	}
	await renewEntity({ vault, state }, entity);
}
