import { redirect } from '@sveltejs/kit';
import { DeviceError } from '$lib/device/device-error.ts';
import { ApiError } from '$lib/sync/api-error.ts';
import { signInPage } from '$lib/vault/session/next-page.ts';
import { unlockPage } from '$lib/vault/session/unlock-page.ts';
import { session } from '$lib/vault/session.svelte.ts';
import { vault } from '$lib/vault/vault.svelte.ts';
import type { LayoutLoad } from './$types';

export const ssr = false;

/** Nothing of the vault without somebody signed in; the entities are shown as this device knows them, and kept up to date from then on. */
export const load: LayoutLoad = async ({ url, untrack }) => {
	await session.start();
	if (!session.user)
		redirect(
			307,
			untrack(() => signInPage(url.pathname + url.search, session.ended))
		);
	// Somebody else's page is loaded anew, by the guard in the root layout: until then nothing of either is mixed.
	if (vault.owner !== null && vault.owner !== session.user.id) return { trouble: null };
	vault.belongTo(session.user.id);
	await vault.encryption.check();
	// Nothing is opened and nothing is sent before the person has unlocked it.
	if (vault.encryption.state === 'locked' || vault.encryption.state === 'missing')
		redirect(
			307,
			untrack(() => unlockPage(url.pathname + url.search))
		);
	if (vault.listed) return { trouble: null };
	try {
		await vault.start();
		return { trouble: null };
	} catch (error) {
		if (!(error instanceof ApiError || error instanceof DeviceError)) throw error;
		// Nothing is kept here to be read meanwhile: the door asks for the second step.
		if (error.code === 'session/second-step')
			redirect(
				307,
				untrack(() => signInPage(url.pathname + url.search, null))
			);
		return { trouble: error.code };
	}
};
