import { describe, expect, test } from 'vitest';
import { OpenKeys } from './open-keys.ts';

const entity = '00000000-0000-4000-8000-000000000001';
const id = '00000000-0000-4000-8000-000000000002';
const plain = { kind: 'symptom', version: 1, values: { what: 'cough' }, meta: { at: '2026-01-01T00:00:00Z' } };

describe('the keys that seal nothing, for tests of what stands above', () => {
	test('open a body in its own place alone, and tell retired and unknown generations apart', async () => {
		const keys = new OpenKeys().switchOn(entity, 'health', { oldest: 2, current: 3 });
		const [body] = await keys.seal(entity, 'health', [{ id, rev: '1', plain }]);
		const row = { id, rev: '1', generation: 3, sealed: body?.sealed ?? '' };
		const rows = [row, { ...row, rev: '2' }, { ...row, generation: 1 }, { ...row, generation: 4 }];
		expect(await keys.open(entity, 'health', rows)).toEqual([
			{ ok: true, plain, author: keys.author },
			{ ok: false, why: 'cannot-open' },
			{ ok: false, why: 'retired' },
			{ ok: false, why: 'no-key' }
		]);
	});

	test('open a local text under its own name alone, and nothing once they are locked', async () => {
		const keys = new OpenKeys();
		const [sealed = new Uint8Array()] = await keys.sealLocal([{ name: 'draft/1', text: 'typed' }]);
		expect(
			await keys.openLocal([
				{ name: 'draft/1', sealed },
				{ name: 'draft/2', sealed }
			])
		).toEqual(['typed', null]);
		keys.locked = true;
		await expect(keys.openLocal([{ name: 'draft/1', sealed }])).rejects.toMatchObject({ code: 'keys/locked' });
	});
});
