import { keptDrafts } from '$lib/forms/kept-drafts.ts';
import { unlockPage } from '$lib/vault/session/unlock-page.ts';
import { vault } from '$lib/vault/vault.svelte.ts';

/** Milliseconds that writing down what was typed may hold up the lock. */
const PATIENCE = 3000;

let locking: Promise<void> | null = null;

/**
 * Locks the vault: what was typed is written down, the keys and every opened record leave the memory with the page, and
 * the unlock screen is loaded anew. Called again while it is at work, it is the same lock. Never rejects.
 * @param byHand the person wants it, and it is not the clock
 */
export function lockVault(byHand = false): Promise<void> {
	return (locking ??= lock(byHand));
}

async function lock(byHand: boolean): Promise<void> {
	const next = whereTo();
	document.documentElement.hidden = true;
	stayOutOfHistory();
	await withinPatience(keptDrafts.settled());
	// Where this browser keeps nothing, the server is the only place for what was saved.
	if (vault.unsavedCount > 0) await withinPatience(vault.sync.sync());
	await withinPatience(vault.encryption.lock());
	vault.belongTo(null);
	document.body.replaceChildren();
	location.replace(unlockPage(next, byHand));
}

/** What unlocking leads back to: this page, or the one that the person was on the way to. */
function whereTo(): string {
	const { pathname, search } = location;
	return pathname.startsWith('/unlock') ? (new URLSearchParams(search).get('next') ?? '/') : pathname + search;
}

/** A browser may keep a page it leaves, as it was, for the way back: not this one. */
function stayOutOfHistory(): void {
	addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
	void navigator.locks.request('arca-locking', { mode: 'shared' }, () => new Promise(() => undefined));
}

async function withinPatience(work: Promise<unknown>): Promise<void> {
	const over = new Promise((resolve) => setTimeout(resolve, PATIENCE));
	await Promise.race([work.catch(() => undefined), over]);
}
