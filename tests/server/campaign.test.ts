import 'fake-indexeddb/auto';
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Plain } from '../../src/lib/api/record.ts';
import type { StoreUpdate } from '../../src/lib/device/record-store.ts';
import { History } from './campaign/history.ts';
import { Stage } from './campaign/stage.ts';
import { UserLayer } from './campaign/user-layer.ts';

const count = process.env.ARCA_SOAK ? 500 : 24;
const atOnce = 4;
/** One of so many histories kills the server. */
const killEvery = 14;
/** In one of so many a domain gets a user layer, and then another key. */
const layerEvery = 4;
const firstSeed = Number(process.env.ARCA_SEED ?? randomInt(1, 1_000_000_000));

let stage: Stage;
beforeAll(async () => {
	stage = await Stage.open();
});
afterAll(() => stage.close());

describe('three devices of one account, on bad lines, with pages and servers that are killed', () => {
	test(
		`end alike and lose no acknowledged save in ${count} histories from seed ${firstSeed}`,
		async () => {
			const wrong: { [seed: number]: string[] } = {};
			const seeds = Array.from({ length: count }, (_, place) => firstSeed + place);
			const live = async () => {
				for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
					const killsServer = (seed - firstSeed) % killEvery === killEvery - 1;
					const layered = (seed - firstSeed) % layerEvery === layerEvery - 1;
					const found = await new History(stage, { seed, killsServer, layered }).live();
					if (found.length > 0) wrong[seed] = found;
				}
			};
			await Promise.all(Array.from({ length: atOnce }, live));
			console.log(`campaign: seeds from ${firstSeed}, ${count} histories, ${JSON.stringify(stage.counts)}`);
			expect(wrong).toEqual({});
			for (const [what, times] of Object.entries(stage.counts)) expect(times, what).toBeGreaterThan(0);
		},
		process.env.ARCA_SOAK ? 3_600_000 : 300_000
	);

	/** Histories of an app that is broken in one way, until the model notices; none where it does not. */
	async function noticed(tamper: (update: StoreUpdate) => StoreUpdate, layered = false): Promise<string | undefined> {
		for (let seed = 1; seed <= 60; seed++) {
			const found = await new History(stage, { seed, tamper, layered }).live();
			const lost = found.find((sentence) => / is lost |never went in/.test(sentence));
			if (lost) return lost;
		}
		return undefined;
	}

	test('would be seen to lose saves if a merge let go of the value that does not stand', async () => {
		const without = (plain: Plain): Plain => {
			const { conflicts: _, ...meta } = plain.meta;
			return { ...plain, meta };
		};
		const tamper = (update: StoreUpdate) => ({
			...update,
			put: update.put?.map((change) => ({ ...change, plain: without(change.plain) }))
		});
		expect(await noticed(tamper)).toMatch(/is lost/);
	});

	test('would be seen to lose saves if what met a newer key were given up', async () => {
		const sealed = new Set<string>();
		const tamper = (update: StoreUpdate) => {
			const stale = (update.put ?? []).filter((change) => sealed.has(change.change) && change.sealed === undefined);
			for (const { change, sealed: bytes } of update.put ?? []) if (bytes !== undefined) sealed.add(change);
			const drop = [...(update.drop ?? []), ...stale.map(({ change }) => change)];
			return { ...update, drop, put: update.put?.filter((change) => !stale.includes(change)) };
		};
		expect(await noticed(tamper, true)).toBeDefined();
	});

	test('would be seen to use a nonce twice', () => {
		const layer = new UserLayer(stage, '');
		for (const end of ['AAAA', 'AAAA', 'BBBB']) {
			expect(layer.wrong).toEqual([]);
			layer.watch(JSON.stringify({ changes: [{ sealed: `AVUAAAAB${'n'.repeat(40)}${end}` }] }));
		}
		expect(layer.wrong).toHaveLength(1);
	});

	// It takes an answer lost at the right moment, hence some twenty histories.
	if (process.env.ARCA_SOAK)
		test('would be seen to lose saves if a change that was sent made room for a later one', async () => {
			const tamper = (update: StoreUpdate) => ({
				...update,
				put: update.put?.map((change) => ({ ...change, tried: false }))
			});
			expect(await noticed(tamper)).toBeDefined();
		});
});
