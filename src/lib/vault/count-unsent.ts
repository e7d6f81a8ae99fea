import type { VaultState } from './vault-state.svelte.ts';

/** What signing out would lose: changes that are on no server, uploads among them, and drafts; what was shared with the app is one. */
export async function countUnsent({ store }: Pick<VaultState, 'store'>): Promise<{ changes: number; drafts: number }> {
	const kept = await store;
	const changes = (await kept?.outline())?.length ?? 0;
	const uploads = (await kept?.textNames('upload/'))?.length ?? 0;
	const drafts = (await kept?.textNames('draft/'))?.length ?? 0;
	const shares = (await kept?.textNames('shared/'))?.length ?? 0;
	return { changes: changes + uploads, drafts: drafts + shares };
}
