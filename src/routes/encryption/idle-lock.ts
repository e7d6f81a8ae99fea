import { joinLockTabs } from '$lib/device/lock-tabs.ts';
import type { IdleWatch } from '$lib/vault/idle-watch.ts';

/** What counts as use. */
const USES = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'touchmove'];
/** Moments at which a page that was away may find that it is due. */
const RETURNS = ['focus', 'pageshow', 'resume', 'visibilitychange'];
/** Milliseconds between two words to the other tabs that somebody is at work here. */
const TELL_EVERY = 2000;

export interface LockedTogether {
	readonly account: string;
	readonly watch: IdleWatch;
	/** It was not the clock: another tab was locked by hand. */
	readonly lock: (byHand: boolean) => void;
	/** Another tab chose other minutes. */
	readonly chosen: () => void;
}

/**
 * Locks this tab when nobody has used the vault in any tab for as long as `watch` allows, or when another tab is locked.
 * The timer and the page's events only have the clocks looked at.
 * @returns what ends it
 */
export function lockWhenIdle({ account, watch, lock, chosen }: LockedTogether): () => void {
	const ending = new AbortController();
	const options = { signal: ending.signal, capture: true, passive: true };
	const tabs = joinLockTabs(account, (message) => {
		if (message === 'locked') lock(true);
		else if (message === 'chosen') chosen();
		else watch.touch();
	});
	let told = -Infinity;

	function look(): void {
		if (watch.due) lock(false);
	}

	function use(): void {
		watch.touch();
		look();
		if (watch.due || performance.now() - told < TELL_EVERY) return;
		told = performance.now();
		tabs.tell('used');
	}

	for (const type of USES) addEventListener(type, use, options);
	for (const type of RETURNS) addEventListener(type, look, options);
	const timer = setInterval(look, 1000);

	return () => {
		ending.abort();
		clearInterval(timer);
		tabs.close();
	};
}
