import { vault } from '$lib/vault/vault.svelte.ts';

/**
 * Has what is not sealed anew yet go on in the background, `vault.encryption.job` telling how far it is. Never rejects:
 * without a network it is for the next time. A run that is under way may have begun before the newest key was there, so
 * another one follows it.
 */
export async function goOnSealing(): Promise<void> {
	const { encryption } = vault;
	const run = (): Promise<void> => encryption.resume().catch(() => undefined);
	await run();
	await run();
	// Their records are sealed anew by now; what is left of it is taken up whenever the entity is opened.
	await vault.files.renew().catch(() => undefined);
}
