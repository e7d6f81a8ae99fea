import type * as v from 'valibot';
import type { KeysAnswer, putKeysSchema } from '../../api/keys.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { refuse } from '../http/refusal.ts';
import { bundleOf, bundleRow } from './bundle.ts';
import type { BundleRow } from './bundle.ts';
import { checkChain, newestRoster } from './check-chain.ts';
import { checkSuccession } from './check-succession.ts';
import { getKeys } from './get-keys.ts';
import { keysOf, slotsRow } from './keys-row.ts';
import type { KeysRow } from './keys-row.ts';
import { writeTo } from './write-to.ts';

/** What the database's function says. */
type Outcome =
	| { conflict: 'keys'; keys: KeysRow | null }
	| { conflict: 'bundle'; bundle: BundleRow }
	| { conflict?: undefined; keys: KeysRow };

/**
 * Puts the next version of the person's keys, with bundle and rosters, all or nothing; the first one turns user
 * encryption on. Each needs a fresh sign-in, and the person is told by mail where mail is set up.
 * @throws Refusal `keys/conflict` or `bundle/conflict` with what is there, `roster/conflict`, `keys/fresh-sign-in`,
 * `keys/not-due`.
 */
export async function putKeys(
	server: Arca,
	person: Person,
	wanted: v.InferOutput<typeof putKeysSchema>
): Promise<KeysAnswer> {
	const { backend, systemLayer } = server;
	const { version, slots, identity, succession, rosters } = wanted;
	await checkStatement(server, person, wanted);
	for (const [index, post] of rosters.entries()) {
		const newest = await newestRoster(server, person, post.entity);
		await checkChain(server, person, { post, newest }, { identity, succession }, `#/rosters/${index}`);
	}
	const bundle = bundleRow(systemLayer, person.id, wanted.bundle);
	const args = { version, slots: slotsRow(slots), identity, bundle, rosters, succession: succession ?? null };
	const outcome = (await callFunction(backend, person, 'put_keys', args, {
		PT409: 'roster/conflict'
	})) as Outcome;
	if (outcome.conflict === 'keys')
		throw refuse('keys/conflict', { current: outcome.keys ? keysOf(outcome.keys) : undefined });
	if (outcome.conflict === 'bundle')
		throw refuse('bundle/conflict', { current: bundleOf(systemLayer, person.id, outcome.bundle) });
	writeTo(server, person, (letters, to) => letters.keysChanged(to));
	return keysOf(outcome.keys);
}

/** A statement is from the identity of the version before; where that is another by now, the database tells of it. */
async function checkStatement(
	server: Arca,
	person: Person,
	{ version, identity, succession }: v.InferOutput<typeof putKeysSchema>
): Promise<void> {
	if (succession === undefined || version === 1) return;
	const before = await getKeys(server, person, { version: String(version - 1) }).catch((error: unknown) => {
		if (error instanceof Error && error.message === '/problems/keys/none') return undefined;
		throw error;
	});
	if (before && 'identity' in before) await checkSuccession(person.id, before.identity, identity, succession);
}
