import { beforeEach, expect, test } from 'vitest';
import { openEntity } from '../../../src/lib/vault/open-entity.ts';
import { refreshVault } from '../../../src/lib/vault/refresh-vault.ts';
import { removeRecords } from '../../../src/lib/vault/remove-records.ts';
import { resendTurnedAway } from '../../../src/lib/vault/resend-turned-away.ts';
import { saveRecord } from '../../../src/lib/vault/save-record.ts';
import { saveRecords } from '../../../src/lib/vault/save-records.ts';
import type { VaultState } from '../../../src/lib/vault/vault-state.svelte.ts';
import { withdrawChange } from '../../../src/lib/vault/withdraw-change.ts';
import { ENTITY, uuid } from '../sync/changes.ts';
import { problem } from '../sync/fake-server.ts';
import { expense } from './expense.ts';
import { ToyBackend } from './toy-backend.ts';

let backend: ToyBackend;
let here: VaultState;
const isPush = (sent: { path: string }) => sent.path.endsWith('/push');
const silent = () => (backend.before = (sent) => (isPush(sent) ? 'lost' : null));
const answering = () => (backend.before = () => null);
const look = async () => {
	await refreshVault(here);
	return here.reached;
};

beforeEach(async () => {
	backend = new ToyBackend();
	here = backend.device();
	await openEntity(here, ENTITY);
});

const create = (note: string) => saveRecord(here, { id: null, domain: 'finances', body: expense(note) });

/** An edit that got no answer, of a record that another device changes before it is sent again. */
async function overtaken(): Promise<string> {
	const { id } = await create('first');
	silent();
	await saveRecord(here, { id, domain: 'finances', body: expense('mine') });
	answering();
	const there = backend.device();
	await openEntity(there, ENTITY);
	await saveRecord(there, { id, domain: 'finances', body: expense('theirs') });
	return id;
}

function refuse(status: string): void {
	backend.before = (sent) => {
		if (!isPush(sent)) return null;
		const { changes } = JSON.parse(sent.text) as { changes: { id: string }[] };
		const full = { type: '/problems/records/over-quota', title: 'Full', status: 403 };
		return { results: changes.map(({ id }) => ({ id, status, problem: full })) };
	};
}

test('an edit that ends in a conflict when it is sent again in the background is kept, and counts as unsaved', async () => {
	const id = await overtaken();
	await refreshVault(here);
	expect(here.unsent.turnedAway.get(id)?.outcome).toMatchObject({
		status: 'conflict',
		mine: { values: { note: 'mine' } },
		theirs: { body: { values: { note: 'theirs' } } }
	});
	expect([here.unsent.changes.size, here.unsent.count]).toEqual([0, 1]);
});

test('mine is kept over theirs by one more try', async () => {
	const id = await overtaken();
	await refreshVault(here);
	expect(await resendTurnedAway(here, id)).toMatchObject({ status: 'saved' });
	expect(backend.rows.get(id)).toMatchObject({ rev: '3', plain: { values: { note: 'mine' } } });
	expect(here.unsent.count).toBe(0);
});

test('theirs are taken by giving mine up', async () => {
	const id = await overtaken();
	await refreshVault(here);
	here.unsent.giveUp(id);
	await refreshVault(here);
	expect(here.unsent.count).toBe(0);
	expect(backend.rows.get(id)?.plain?.values.note).toBe('theirs');
});

test.each(['over-quota', 'denied', 'invalid'])(
	'a new record refused in the background (%s) may be tried again',
	async (reason) => {
		silent();
		const { id } = await create('bread');
		refuse(reason);
		await refreshVault(here);
		expect(here.unsent.turnedAway.get(id)).toMatchObject({
			change: { plain: { values: { note: 'bread' } } },
			outcome: { status: 'refused', reason }
		});
		await resendTurnedAway(here, id);
		expect(here.unsent.turnedAway.size).toBe(1);
		answering();
		expect(await resendTurnedAway(here, id)).toMatchObject({ status: 'saved' });
		expect([backend.rows.get(id)?.plain?.values.note, here.unsent.count]).toEqual(['bread', 0]);
	}
);

test('a try again without an answer waits again', async () => {
	silent();
	const { id } = await create('bread');
	refuse('over-quota');
	await refreshVault(here);
	silent();
	await resendTurnedAway(here, id);
	expect([here.unsent.turnedAway.size, here.unsent.changes.size]).toEqual([0, 1]);
});

test('saving the record anew takes the place of what was turned away', async () => {
	const id = await overtaken();
	await refreshVault(here);
	await saveRecord(here, { id, domain: 'finances', body: expense('newest') });
	expect([here.unsent.count, backend.rows.get(id)?.plain?.values.note]).toEqual([0, 'newest']);
});

test.each([400, 403, 404, 413, 422])(
	'changes that wait and are refused as a whole (%i) wait no longer, and are reported',
	async (status) => {
		silent();
		const requests = ['a', 'b'].map((note) => ({ id: null, domain: 'finances' as const, body: expense(note) }));
		await saveRecords(here, requests);
		backend.before = (sent) => (isPush(sent) ? problem(status, 'access/denied') : null);
		await refreshVault(here);
		expect([here.unsent.changes.size, here.unsent.turnedAway.size]).toEqual([0, 2]);
	}
);

test('a draft hears when what it waits for has landed', async () => {
	const heard: string[] = [];
	here.unsent.whenSettled((id) => heard.push(id));
	silent();
	const { id } = await create('bread');
	answering();
	await refreshVault(here);
	expect(heard).toEqual([id]);
});

test('a deletion that was not sent and is withdrawn is never sent', async () => {
	const { id } = await create('bread');
	silent();
	await removeRecords(here, [id]);
	answering();
	expect(await withdrawChange(here, id, look)).toBe('withdrawn');
	await refreshVault(here);
	expect([backend.rows.get(id)?.state, here.unsent.count]).toEqual(['live', 0]);
});

test('a withdrawn change that had arrived already is told as such', async () => {
	const { id } = await create('bread');
	backend.after = (sent) => (isPush(sent) ? 'lost' : null);
	await removeRecords(here, [id]);
	expect(await withdrawChange(here, id, look)).toBe('landed');
	expect(here.records.get(id)?.state).toBe('bin');
});

test('without the server nobody can tell whether a withdrawn change had arrived', async () => {
	backend.before = () => 'lost';
	const { id } = await create('bread');
	expect(await withdrawChange(here, id, look)).toBe('unknown');
	expect(here.unsent.count).toBe(0);
	expect(await withdrawChange(here, id, look)).toBe('nothing');
});

test('a change withdrawn while it is being sent again does not wait again', async () => {
	silent();
	const { id } = await create('bread');
	backend.before = (sent) => {
		if (isPush(sent)) here.unsent.drop([id]);
		return isPush(sent) ? 'lost' : null;
	};
	await refreshVault(here);
	expect(here.unsent.changes.size).toBe(0);
});

test('what one person did not get through is not sent by the next', async () => {
	backend.before = (sent) => {
		if (isPush(sent)) {
			here.clear();
			here.owner = uuid(901);
		}
		return isPush(sent) ? 'lost' : null;
	};
	await create('bread');
	expect([here.unsent.changes.size, here.unsent.count]).toEqual([0, 0]);
});

test('a hold that was cleared with everything else is not let go twice', () => {
	const release = here.unsent.hold();
	here.unsent.clear();
	release();
	here.unsent.hold();
	expect(here.unsent.count).toBe(1);
});
