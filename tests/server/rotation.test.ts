import 'fake-indexeddb/auto';
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import postgres from 'postgres';
import type { RecordStore } from '../../src/lib/device/record-store.ts';
import type { Device } from './rotation/device.ts';
import { MortalServer } from './rotation/mortal-server.ts';
import { Story } from './rotation/story.ts';
import type { Turning } from './rotation/story.ts';
import { STRIKES } from './rotation/strikes.ts';
import type { StrikeCounts } from './rotation/strikes.ts';

const soak = Boolean(process.env.ARCA_SOAK);
const records = soak ? 5_000 : 240;
const atOnce = soak ? 2 : 4;
const firstSeed = Number(process.env.ARCA_SEED ?? randomInt(1, 1_000_000_000));
const patience = soak ? 3_600_000 : 300_000;

let server: MortalServer;
beforeAll(async () => {
	server = await MortalServer.start();
});
afterAll(() => server.stop());

const none = (): StrikeCounts => ({ page: 0, server: 0, network: 0, join: 0 });

/** Lives through stories, each struck by another kind first, from that one on; gives what is wrong by seed, and what happened. */
async function campaign(turning: Turning, count: number, from: number) {
	const [wrong, counts] = [{} as { [seed: number]: string[] }, none()];
	let [bodies, edits] = [0, 0];
	const places = Array.from({ length: count }, (_, place) => place);
	const live = async () => {
		for (let place = places.shift(); place !== undefined; place = places.shift()) {
			const [seed, first] = [firstSeed + place, STRIKES[(from + place) % STRIKES.length] ?? 'page'];
			const story = new Story(server, counts, { seed, turning, first, records });
			const found = await story.live();
			if (found.length > 0) wrong[seed] = found;
			bodies += story.ledger.before.size;
			edits += story.ledger.kept;
		}
	};
	await Promise.all(Array.from({ length: atOnce }, live));
	console.log(
		`${turning}: seeds from ${firstSeed}, ${count} times, ${bodies} bodies, ${edits} edits kept, ${JSON.stringify(counts)}`
	);
	return { wrong, counts, edits };
}

describe('keys that turn while pages are closed, the server is killed, the line is cut and a device joins', () => {
	const turnings: [Turning, number, number][] = [
		['rotate', soak ? 50 : 4, 0],
		['switch-on', soak ? 12 : 2, 0],
		['change', soak ? 24 : 2, 2]
	];
	test.each(turnings)(
		`%s from seed ${firstSeed}: everything is readable under the new generation, the old one is retired, edits are kept`,
		async (turning, count, from) => {
			const { wrong, counts, edits } = await campaign(turning, count, from);
			expect(wrong).toEqual({});
			expect(edits).toBeGreaterThan(0);
			for (const kind of STRIKES.slice(from, from + count)) expect(counts[kind], kind).toBeGreaterThan(0);
		},
		patience
	);

	/** What is wrong with keys that turn on devices of a broken app, until something is. */
	async function noticed(tamper: (device: Device) => void, turning: Turning = 'rotate'): Promise<string[]> {
		for (let seed = 1; seed <= 10; seed++) {
			const story = new Story(server, none(), { seed, turning, first: 'network', records: 60, tamper });
			const found = await story.live();
			if (found.length > 0) return found;
		}
		return [];
	}

	test('would be seen to lose an edit that met the newer key and was given up', async () => {
		const found = await noticed((device) => (device.tamper = givesUpStale));
		expect(found).toContainEqual(expect.stringMatching(/^edit-\d+ is lost$/));
	});

	test('would be seen to lose what waits on another device, if nobody remembered the password of then', async () => {
		const found = await noticed((device) => (device.remembers = false), 'change');
		expect(found).toContainEqual(expect.stringMatching(/ wait under the earlier password$/));
		expect(found).toContainEqual(expect.stringMatching(/^edit-\d+ is lost$/));
	});

	test('would be seen to lose what was not sealed anew, if the old key were retired without waiting for it', async () => {
		const sql = postgres(server.databaseUrl, { max: 1 });
		const [guard] = await sql<{ text: string }[]>`
			select pg_get_functiondef('app.count_stale(uuid, text, integer)'::regprocedure) as text`;
		try {
			await sql`
				create or replace function app.count_stale(entity uuid, domain text, below integer) returns bigint
					language sql as 'select 0::bigint'`;
			const found = await noticed((device) => (device.hear = hearsOfNothing));
			expect(found).toContainEqual(expect.stringMatching(/ is not readable: retired$/));
		} finally {
			await sql.unsafe(guard?.text ?? '');
			await sql.end();
		}
	});
});

/** An app that gives up a change whose seal the server did not take. */
function givesUpStale(store: RecordStore): RecordStore {
	const sealed = new Set<string>();
	const commit = store.commit.bind(store);
	store.commit = (update) => {
		const stale = (update.put ?? []).filter((change) => sealed.has(change.change) && change.sealed === undefined);
		for (const change of update.put ?? []) if (change.sealed !== undefined) sealed.add(change.change);
		const drop = [...(update.drop ?? []), ...stale.map(({ change }) => change)];
		return commit({ ...update, drop, put: update.put?.filter((change) => !stale.includes(change)) ?? [] });
	};
	return store;
}

/** An app that does not ask what is left to be sealed; the last look of the test is not its. */
async function hearsOfNothing(path: string, answer: Response, sent: string): Promise<Response> {
	if (path !== '/api/records/stale' || sent.includes('"below":1000')) return answer;
	await answer.text();
	return Response.json({ records: [], left: 0 });
}
