import { createHash, randomInt } from 'node:crypto';
import { mkdtempSync, openAsBlob, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { describe, expect, test, vi } from 'vitest';
import { MemoryStore } from '../../src/lib/device/memory-store.ts';
import { file as fileKind } from '../../src/lib/kinds/file.ts';
import { Chance } from './campaign/chance.ts';
import { openCuttingLine } from './cutting-line.ts';
import {
	at,
	client,
	contentOf,
	databaseUrl,
	deviceOf,
	fileOf,
	here,
	newStore,
	PART,
	random,
	restart,
	server,
	stored,
	told,
	unlocked,
	withVault
} from './files-stage.ts';
import type { Ask, Device } from './files-stage.ts';

const MIB = 1024 * 1024;
const SIZE = 50 * MIB;
/** Moments at which the line is cut: so many in each of so many uploads. */
const cuts = 5;
const uploads = process.env.ARCA_SOAK ? 20 : 1;
const firstSeed = Number(process.env.ARCA_SEED ?? randomInt(1, 1_000_000_000));

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const filesOf = ({ vault }: Device) => vault.records.all().filter(({ body }) => body.kind === fileKind.name);

describe('the network, cut at random moments of an upload of 50 MiB', () => {
	test(
		`leaves one file and no part that nothing names, in ${uploads} of ${cuts} cuts each from seed ${firstSeed}`,
		async () => {
			const { ana, entity, device } = await withVault(new MemoryStore());
			const counts = { cuts: 0, pageKills: 0 };
			for (let seed = firstSeed; seed < firstSeed + uploads; seed++) await live(new Chance(seed));
			console.log(`cut uploads: seeds from ${firstSeed}, ${uploads} uploads, ${JSON.stringify(counts)}`);
			expect(counts.cuts).toBe(uploads * cuts);

			// What nobody goes on with is swept; what the files are made of is not.
			const body = { entity, domain: 'health', file: crypto.randomUUID() };
			const { id: orphan } = await client.must<{ id: string }>('POST', '/api/contents', { body, token: ana.token });
			const part = new Uint8Array([1, 0x12, ...random(30)]);
			await client.must('PUT', `/api/contents/${orphan}/parts/0`, { body: part, token: ana.token });
			const sql = postgres(databaseUrl, { max: 1 });
			await sql`update contents set moved_at = now() - interval '25 hours' where state <> 'used'`;
			await sql`update app_private.sweeps set swept_at = '-infinity'`;
			await sql.end();
			expect(stored(entity, 'health').some((path) => path.includes(orphan))).toBe(true);
			await restart();
			await client.ask('GET', '/api/entities', { token: ana.token });
			const used = filesOf(device).map(({ body: { values } }) => String(values.content));
			const strays = () => stored(entity, 'health').filter((path) => !used.some((content) => path.includes(content)));
			await expect.poll(strays, { timeout: 20_000 }).toEqual([]);
			expect(stored(entity, 'health')).toHaveLength(uploads * Math.ceil(SIZE / PART));

			async function live(chance: Chance): Promise<void> {
				const before = filesOf(device).length;
				const bytes = random(SIZE);
				const chosen = fileOf(bytes, 'film.mov');
				const moments = Array.from({ length: cuts }, () => chance.below(SIZE / cuts));
				const killAt = chance.below(cuts);
				const next = () => {
					const bytesLeft = moments.pop();
					if (bytesLeft !== undefined) line.cutAfter(bytesLeft);
				};
				const line = await openCuttingLine(server.port, () => {
					if (++counts.cuts % cuts === killAt) died.resolve();
					else next();
				});
				const died = Promise.withResolvers<void>();
				const ask: Ask = (input, init) => fetch((input as string).replace(server.url, line.url), init);
				const [store, soon] = [await newStore(), () => Promise.resolve()];
				const first = await unlocked(deviceOf(ana, store, ask, soon), entity);
				const id = await first.files.attach(chosen, 'health');
				next();
				// The page is closed with the line, and opened again: the same file is chosen once more.
				await died.promise;
				first.files.stop();
				counts.pageKills += 1;
				const again = await unlocked(deviceOf(ana, store, ask, soon), entity);
				next();
				await expect.poll(() => again.files.view(id)?.state, { timeout: 20_000 }).toBe('choose-again');
				await again.files.resume(id, chosen);
				await told(again, id);
				await line.close();
				await at(device, entity);
				await here(device, id);
				expect(filesOf(device)).toHaveLength(before + 1);
				expect(hashOf(await contentOf(device, id))).toBe(hashOf(bytes));
			}
		},
		process.env.ARCA_SOAK ? 3_600_000 : 120_000
	);
});

test('a file that changes on the disk between its parts is told of, and nothing of both is mixed', async () => {
	const { ana, entity, device } = await withVault(new MemoryStore());
	const folder = mkdtempSync(join(tmpdir(), 'arca-changed-'));
	const path = join(folder, 'film.mov');
	const [before, after] = [random(33 * MIB), random(33 * MIB)];
	writeFileSync(path, before);
	const onDisk = async () => new File([await openAsBlob(path)], 'film.mov', { type: 'video/quicktime' });
	const read = vi.spyOn(Blob.prototype, 'arrayBuffer');
	let parts = 0;
	const ask: Ask = async (input, init) => {
		if (init?.method === 'PUT' && ++parts === 3) {
			// The parts after it are read while it is on its way.
			await Promise.all(read.mock.results.map(({ value }) => value as Promise<ArrayBuffer>));
			writeFileSync(path, after);
		}
		return fetch(input, init);
	};
	const changed = await unlocked(deviceOf(ana, await newStore(), ask), entity);
	const id = await changed.files.attach(await onDisk(), 'health');
	await expect.poll(() => changed.files.view(id), { timeout: 20_000 }).toMatchObject({ problem: 'file/changed' });
	const { state, sent = 0 } = changed.files.view(id) ?? {};
	expect([state, sent >= PART, sent < before.length]).toEqual(['choose-again', true, true]);
	await expect(changed.files.resume(id, await onDisk())).rejects.toMatchObject({ code: 'file/other' });
	await at(device, entity);
	expect(device.files.view(id)).toBeNull();

	writeFileSync(path, before);
	await changed.files.resume(id, await onDisk());
	await told(changed, id);
	await at(device, entity);
	await here(device, id);
	expect(hashOf(await contentOf(device, id))).toBe(hashOf(before));
	read.mockRestore();
	rmSync(folder, { recursive: true, force: true });
});
