import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DeviceBiometric } from '../../../src/lib/vault/encryption/device-biometric.ts';
import { freshDevice } from '../device/device.ts';
import { problem } from '../sync/fake-server.ts';
import { FakeAuthenticator } from './fake-authenticator.ts';
import { ENCRYPTION_PASSWORD as PASSWORD, KeyBackend, SIGN_IN } from './key-backend.ts';

beforeEach(freshDevice);
afterEach(() => vi.unstubAllGlobals());

const NEXT = 'Copper-window 19 thistle marble';
const NAME = 'ana@example.org';

/** A device that is open, with an authenticator. */
async function atDevice() {
	const [backend, authenticator] = [new KeyBackend(), new FakeAuthenticator()];
	backend.before = ({ path }) => (path === '/api/keys/pin' ? new Response(null, { status: 204 }) : null);
	const own = backend.device();
	await own.encryption.turnOn(PASSWORD);
	/** The device's next page. */
	const reloaded = async () => {
		const page = backend.device(own.store);
		await page.encryption.check();
		return page.encryption;
	};
	const kept = async () => JSON.parse((await own.store.readText('keys/biometric')) ?? 'null') as object | null;
	return { backend, authenticator, own, reloaded, kept };
}
async function withBiometric() {
	const device = await atDevice();
	await device.own.encryption.biometric.set(NAME);
	return device;
}
const open = ({ biometric }: { biometric: DeviceBiometric }) => biometric.unlock(new AbortController().signal);
const codeOf = (tried: Promise<unknown>): Promise<unknown> =>
	tried.then(
		() => 'opened',
		(error: unknown) => (error as { code: unknown }).code
	);
const state = ({ isSet, ended }: DeviceBiometric) => ({ isSet, ended });

describe('a fingerprint or a face', () => {
	test.each(['at once', 'when asked'] as const)(
		'opens the vault of an authenticator that gives its output %s',
		async (when) => {
			const { own, authenticator, reloaded, kept } = await atDevice();
			authenticator.prf = when;
			await own.encryption.biometric.set(NAME);
			expect(authenticator.asked).toBe(when === 'at once' ? 1 : 2);
			expect(Object.keys((await kept()) ?? {}).sort()).toEqual(['credential', 'identity', 'salt', 'wrapped']);
			authenticator.prf = 'when asked';
			const page = await reloaded();
			expect([page.state, page.biometric.isSet]).toEqual(['locked', true]);
			await open(page);
			expect([page.state, page.biometric.isSet]).toEqual(['open', true]);
		}
	);

	test('opens without a network too', async () => {
		const { backend, reloaded } = await withBiometric();
		backend.before = () => {
			throw new TypeError('no network');
		};
		const page = await reloaded();
		await open(page);
		expect(page.state).toBe('open');
	});

	test('opens nothing where the person was not verified, whatever the authenticator gives with that', async () => {
		const { authenticator, reloaded } = await withBiometric();
		const page = await reloaded();
		for (const person of ['refuses', 'only there'] as const) {
			authenticator.person = person;
			expect(await codeOf(open(page))).toBe('keys/not-verified');
			expect([page.state, page.biometric.isSet]).toEqual(['locked', true]);
		}
		authenticator.person = 'verified';
		await open(page);
		expect(page.state).toBe('open');
	});

	test.each([
		['none', 'verified', 'keys/no-prf'],
		['zeros', 'verified', 'keys/no-prf'],
		['when asked', 'only there', 'keys/not-verified'],
		['at once', 'only there', 'keys/not-verified'],
		['at once', 'refuses', 'keys/not-verified']
	] as const)('with an output %s, and a person who %s, changes nothing: %s', async (prf, person, code) => {
		const { own, authenticator, kept } = await atDevice();
		await own.encryption.keepHere(true);
		Object.assign(authenticator, { prf, person });
		expect(await codeOf(own.encryption.biometric.set(NAME))).toBe(code);
		expect([own.encryption.keptHere, own.encryption.biometric.isSet, await kept()]).toEqual([true, false, null]);
		expect(authenticator.secrets.size, 'no credential is left behind').toBe(0);
	});

	test('is refused where the device has no authenticator that verifies people', async () => {
		const { own, authenticator } = await atDevice();
		authenticator.none = true;
		expect(await codeOf(own.encryption.biometric.set(NAME))).toBe('keys/no-authenticator');
		expect(authenticator.asked).toBe(0);
	});

	test('whose credential is gone from the device leaves the password', async () => {
		const { authenticator, reloaded } = await withBiometric();
		authenticator.secrets.clear();
		const page = await reloaded();
		expect(await codeOf(open(page))).toBe('keys/not-verified');
		await page.unlock(PASSWORD);
		expect(page.state).toBe('open');
	});

	test('is the only way of the device besides the password: what was there before goes, and it goes for another', async () => {
		const { own, reloaded, kept, authenticator } = await atDevice();
		await own.encryption.keepHere(true);
		await own.encryption.biometric.set(NAME);
		expect(own.encryption.keptHere).toBe(false);
		expect((await reloaded()).state).toBe('locked');
		await own.encryption.keepHere(true);
		expect([own.encryption.biometric.isSet, await kept(), authenticator.forgotten.length]).toEqual([false, null, 1]);
		expect((await reloaded()).state).toBe('open');
	});

	test('that is turned off opens nothing', async () => {
		const { own, reloaded, authenticator } = await withBiometric();
		const page = await reloaded();
		await own.encryption.biometric.remove();
		expect(authenticator.secrets.size).toBe(0);
		expect(await codeOf(open(page))).toBe('keys/no-biometric');
		expect([(await reloaded()).biometric.isSet, page.state]).toEqual([false, 'locked']);
	});

	test('ends with a change of the encryption password here, and goes on after a new recovery code', async () => {
		const { own, reloaded, kept } = await withBiometric();
		await own.encryption.renewRecoveryCode(SIGN_IN);
		await open(await reloaded());
		await own.encryption.change(NEXT, SIGN_IN);
		expect(state(own.encryption.biometric)).toEqual({ isSet: false, ended: true });
		expect(await kept()).toBeNull();
	});

	test('ends with a change elsewhere, of which the person is told; the new password opens', async () => {
		const { backend, reloaded, kept } = await withBiometric();
		const other = backend.device();
		await other.encryption.check();
		await other.encryption.unlock(PASSWORD);
		await other.encryption.change(NEXT, SIGN_IN);
		const page = await reloaded();
		expect(await codeOf(open(page))).toBe('keys/no-biometric');
		expect([state(page.biometric), await kept()]).toEqual([{ isSet: false, ended: true }, null]);
		await page.unlock(NEXT);
		expect([page.state, page.biometric.ended]).toEqual(['open', true]);
	});

	test('opens with the newer keys of this device where the server gives older ones, which is an alarm', async () => {
		const { backend, own, reloaded } = await atDevice();
		const before = structuredClone(backend.server.keys.get(own.vault.owner ?? ''));
		await own.encryption.renewRecoveryCode(SIGN_IN);
		await own.encryption.biometric.set(NAME);
		backend.before = ({ method, path }) => (`${method} ${path}` === 'GET /api/keys' && before ? before : null);
		const page = await reloaded();
		await open(page);
		expect(page.alarm).toMatchObject({ code: 'crypto/rolled-back' });
		backend.before = ({ path }) => (path === '/api/keys' ? problem(503, 'server/unavailable') : null);
		await open(await reloaded());
	});
});
