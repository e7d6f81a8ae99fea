import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { DevicePin } from '../../../src/lib/vault/encryption/device-pin.ts';
import { freshDevice } from '../device/device.ts';
import { problem } from '../sync/fake-server.ts';
import type { Answer, Sent } from '../sync/fake-server.ts';
import { ENCRYPTION_PASSWORD as PASSWORD, KeyBackend, SIGN_IN } from './key-backend.ts';

const [RIGHT, WRONG] = ['271828', '314159'];
beforeEach(freshDevice);

const NEXT = 'Copper-window 19 thistle marble';

/** The server's half of a PIN, of one session. */
class Shares {
	kept: { verifier: string; share: string; tries: number } | null = null;
	/** Nobody reaches it. */
	away = false;
	readonly verifiers: string[] = [];

	answer = ({ method, path, text }: Sent): Answer | null => {
		if (this.away && path === '/api/keys/pin') return problem(503, 'server/unavailable');
		if (path !== '/api/keys/pin') return null;
		if (method === 'DELETE') {
			this.kept = null;
			return new Response(null, { status: 204 });
		}
		const { verifier } = JSON.parse(text) as { verifier: string };
		this.verifiers.push(verifier);
		if (method === 'PUT') this.kept = { verifier, share: randomBytes(32).toString('base64url'), tries: 0 };
		if (!this.kept) return problem(409, 'keys/no-pin');
		if (verifier === this.kept.verifier) return { share: this.kept.share };
		return Response.json(
			{ type: '/problems/keys/wrong-pin', title: '', status: 403, left: 5 - ++this.kept.tries },
			{ status: 403 }
		);
	};
}

/** A device that is open and has a PIN. */
async function withPin() {
	const [backend, shares] = [new KeyBackend(), new Shares()];
	backend.before = shares.answer;
	const own = backend.device();
	await own.encryption.turnOn(PASSWORD);
	await own.encryption.pin.set(RIGHT);
	/** The device's next page. */
	const reloaded = async () => {
		const page = backend.device(own.store);
		await page.encryption.check();
		return page.encryption;
	};
	return { backend, shares, own, reloaded };
}
const codeOf = (tried: Promise<unknown>): Promise<unknown> =>
	tried.then(
		() => 'opened',
		(error: unknown) => (error as { code: unknown }).code
	);
const state = ({ isSet, ended }: DevicePin) => ({ isSet, ended });

describe('a PIN', () => {
	test('opens the vault on the device it was set on, and a wrong one does not', async () => {
		const { reloaded, shares } = await withPin();
		const page = await reloaded();
		expect([page.state, page.pin.isSet]).toEqual(['locked', true]);
		await expect(page.pin.unlock(WRONG)).rejects.toMatchObject({ code: 'keys/wrong-pin', left: 4 });
		expect(page.state).toBe('locked');
		await page.pin.unlock(RIGHT);
		expect([page.state, page.pin.isSet]).toEqual(['open', true]);
		expect(new Set(shares.verifiers).size).toBe(2);
	});

	test('set in the place of the key that was kept there leaves nothing that opens by itself, and the other way round', async () => {
		const { own, reloaded, shares } = await withPin();
		await own.encryption.keepHere(true);
		expect([own.encryption.pin.isSet, shares.kept]).toEqual([false, null]);
		expect((await reloaded()).state).toBe('open');
		await own.encryption.pin.set(RIGHT);
		expect(own.encryption.keptHere).toBe(false);
		const page = await reloaded();
		expect([page.state, page.keptHere, page.pin.isSet]).toEqual(['locked', false, true]);
	});

	test('is nothing on the disk without the share, and leaves the PIN in no request', async () => {
		const { own, backend, reloaded } = await withPin();
		await (await reloaded()).pin.unlock(RIGHT);
		const kept = JSON.parse((await own.store.readText('keys/pin')) ?? '{}') as object;
		expect(Object.keys(kept).sort()).toEqual(['identity', 'salt', 'wrapped']);
		expect(await own.store.readText('keys/device')).toBeNull();
		expect(backend.sent.filter(({ text, path }) => `${path}${text}`.includes(RIGHT))).toEqual([]);
	});

	test('needs the server, and says so; the password opens without', async () => {
		const { backend, reloaded } = await withPin();
		const page = await reloaded();
		backend.before = () => {
			throw new TypeError('no network');
		};
		expect(await codeOf(page.pin.unlock(RIGHT))).toBe('keys/pin-offline');
		await page.unlock(PASSWORD);
		expect([page.state, page.pin.isSet]).toEqual(['open', true]);
	});

	test('that the server has forgotten is taken off and told of', async () => {
		const { shares, reloaded } = await withPin();
		shares.kept = null;
		const page = await reloaded();
		expect(await codeOf(page.pin.unlock(RIGHT))).toBe('keys/no-pin');
		expect(state(page.pin)).toEqual({ isSet: false, ended: true });
		await page.unlock(PASSWORD);
		await page.pin.set(WRONG);
		expect(state(page.pin)).toEqual({ isSet: true, ended: false });
	});

	test('whose setting is cut off leaves the password, and no PIN that would count as wrong', async () => {
		const { own, shares, reloaded } = await withPin();
		shares.away = true;
		expect(await codeOf(own.encryption.pin.set(WRONG))).toBe('server/unavailable');
		expect((await reloaded()).pin.isSet).toBe(false);
	});

	test('that is taken off opens nothing, here or at the server', async () => {
		const { own, shares, reloaded } = await withPin();
		await own.encryption.pin.remove();
		expect(shares.kept).toBeNull();
		const page = await reloaded();
		expect(page.pin.isSet).toBe(false);
		expect(await codeOf(page.pin.unlock(RIGHT))).toBe('keys/no-pin');
	});

	test('ends with a change of the encryption password here, and goes on after a new recovery code', async () => {
		const { own, reloaded } = await withPin();
		await own.encryption.renewRecoveryCode(SIGN_IN);
		await (await reloaded()).pin.unlock(RIGHT);
		await own.encryption.change(NEXT, SIGN_IN);
		expect(state(own.encryption.pin)).toEqual({ isSet: false, ended: true });
		expect((await reloaded()).pin.isSet).toBe(false);
	});

	test('opens what this device saw last where the server gives older keys, which is told', async () => {
		const { own, backend, shares, reloaded } = await withPin();
		await own.encryption.renewRecoveryCode(SIGN_IN);
		const older = { keys: backend.earlier.get('1'), bundle: backend.bundles.get('1') };
		backend.before = (sent) => {
			if (sent.method !== 'GET') return shares.answer(sent);
			if (sent.path === '/api/keys') return older.keys ?? null;
			return sent.path === '/api/bundle' ? (older.bundle ?? null) : null;
		};
		const page = await reloaded();
		await page.pin.unlock(RIGHT);
		expect([page.state, page.version]).toEqual(['open', 2]);
		expect(page.alarm).toMatchObject({ code: 'crypto/rolled-back' });
	});

	test('ends with a change elsewhere: it is not even tried, and told of', async () => {
		const { shares, page } = await changedElsewhere();
		const before = shares.verifiers.length;
		expect(await codeOf(page.pin.unlock(RIGHT))).toBe('keys/no-pin');
		expect(shares.verifiers.length).toBe(before);
		expect(state(page.pin)).toEqual({ isSet: false, ended: true });
	});

	test('that ended with a change elsewhere is told of where the new password opens', async () => {
		const { page } = await changedElsewhere();
		await page.unlock(NEXT);
		expect(page.state).toBe('open');
		expect(state(page.pin)).toEqual({ isSet: false, ended: true });
	});
});

/** A device with a PIN, locked, after the password was changed on another one. */
async function changedElsewhere() {
	const { backend, shares, reloaded } = await withPin();
	const other = backend.device();
	await other.encryption.check();
	await other.encryption.unlock(PASSWORD);
	const page = await reloaded();
	await other.encryption.change(NEXT, SIGN_IN);
	return { shares, page };
}
