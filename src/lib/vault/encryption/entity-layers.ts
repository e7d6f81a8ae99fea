import type { EntityView as KeyView, ServedEntity } from '../../keys/key-verbs.ts';
import type { KeyClient } from '../../keys/key-client.ts';
import { CryptoError } from '../../crypto/crypto-error.ts';
import { KeysError } from '../../keys/keys-error.ts';
import { ApiError } from '../../sync/api-error.ts';
import type { VaultState } from '../vault-state.svelte.ts';
import type { EncryptionState } from './encryption-state.svelte.ts';
import { KeptKeys } from './kept-keys.ts';
import { putBundle } from './put-bundle.ts';
import { askEntity } from './served-keys.ts';

interface Opened {
	readonly vault: VaultState;
	readonly state: EncryptionState;
}

/**
 * Accepts what this device keeps of its entities, so that the vault opens without a network. What does not fit the keys
 * any more is left: the server is asked before the entity is opened.
 */
export async function acceptKept({ vault, state }: Opened): Promise<void> {
	const [kept, { client }] = [new KeptKeys(vault), state];
	for (const entity of await kept.entities()) {
		const served = await kept.read(`keys/entity/${entity}`);
		const view = served && (await client?.accept({ ...served, seen: await kept.markOf(entity) }).catch(unfit));
		if (view) state.accepted(view);
	}
}

/**
 * Takes in what the server has of an entity's keys by now. An entity that the person owns and that has no roster yet
 * gets its first one, and one that was left behind at a change of the password goes on with the identity of now.
 * @throws ApiError; KeysError `keys/changed-elsewhere` where the person's keys were replaced: the page is to be locked; CryptoError: what the server gave is not a chain that goes on from what was accepted, an alarm
 */
export function renewEntity(opened: Opened, entity: string): Promise<void> {
	return opened.state.inTurn(() => renewNow(opened, entity));
}

async function renewNow({ vault, state }: Opened, entity: string): Promise<void> {
	const { client } = state;
	if (!client) return;
	const kept = new KeptKeys(vault);
	let view = await acceptServed({ vault, state }, client, kept, entity).catch((error: unknown) => {
		if (error instanceof KeysError && error.code === 'keys/changed-elsewhere') state.replaced = true;
		throw error;
	});
	if (view?.isBehind) {
		// It was not taken along at a change of the password.
		await postOwn(vault, client, 'moveOwn', entity);
		view = await acceptServed({ vault, state }, client, kept, entity);
	}
	if (!view && vault.entities.find(({ id }) => id === entity)?.role === 'owner') {
		await postOwn(vault, client, 'found', entity);
		view = await acceptServed({ vault, state }, client, kept, entity);
	}
	if (state.client !== client) return;
	state.renewed.add(entity);
	if (!view) return state.noRoster(entity);
	state.accepted(view);
	await kept.noteMark(entity, view.mark);
	await putBundle({ vault, state });
}

/** Waits until what the accepted rosters say of an entity is known: from this device, or else from the server. */
export async function readyEntity(opened: Opened, entity: string): Promise<void> {
	const { state } = opened;
	if (!state.client || state.renewed.has(entity)) return;
	const renewing = renewEntity(opened, entity);
	if (!state.members.get(entity)?.length) return renewing;
	renewing.catch((error: unknown) => {
		// What was kept goes on being used; the next pass asks again.
		if (!(error instanceof ApiError)) state.warn(error);
	});
}

async function acceptServed(
	{ vault, state }: Opened,
	client: KeyClient,
	kept: KeptKeys,
	entity: string
): Promise<KeyView | null> {
	// Before it is asked: what another tab accepts meanwhile may be newer than the answer.
	const seen = await kept.markOf(entity);
	const served: ServedEntity = { ...(await askEntity(vault.client, entity)), seen };
	try {
		const view = await client.accept(served);
		if (view) await kept.write(`keys/entity/${entity}`, served);
		return view;
	} catch (error) {
		if (!(error instanceof CryptoError)) throw error;
		const { putBack } = await import('./put-back.ts');
		return putBack({ vault, state }, client, served, error);
	}
}

/** Posts a roster of one's own. Where another device was first, theirs is accepted. */
async function postOwn(vault: VaultState, client: KeyClient, verb: 'found' | 'moveOwn', entity: string): Promise<void> {
	try {
		await vault.client.call('postRoster', { body: await client.call(verb, { entity }) });
	} catch (error) {
		if (!(error instanceof ApiError) || error.status !== 409) throw error;
	}
}

function unfit(error: unknown): null {
	if (!(error instanceof CryptoError || error instanceof KeysError)) throw error;
	return null;
}
