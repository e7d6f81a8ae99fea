import { joinLockTabs } from '$lib/device/lock-tabs.ts';
import type { LockMessage } from '$lib/device/lock-tabs.ts';
import { LOCK_MINUTES, readLockMinutes, writeLockMinutes } from '$lib/vault/lock-minutes.ts';
import { vault } from '$lib/vault/vault.svelte.ts';
import { lockVault } from './lock-vault.ts';

/** The lock as screens use it. */
class VaultLock {
	#minutes = $state<number>(LOCK_MINUTES.usual);

	/** After how many minutes without use it locks itself. */
	get minutes(): number {
		return this.#minutes;
	}

	/** Reads the choice that this device keeps. */
	async read(): Promise<void> {
		this.#minutes = await readLockMinutes(vault.texts);
	}

	/** Chooses other minutes; throws as writeLockMinutes does. */
	async choose(minutes: number): Promise<void> {
		await writeLockMinutes(vault.texts, minutes);
		this.#minutes = minutes;
		tellTabs('chosen');
	}

	/** Locks the vault in every tab. */
	now(): void {
		tellTabs('locked');
		void lockVault(true);
	}
}

/** Tells the account's other tabs, whether this one stands guard already or not. */
function tellTabs(message: LockMessage): void {
	if (vault.owner === null) return;
	const tabs = joinLockTabs(vault.owner, () => undefined);
	tabs.tell(message);
	tabs.close();
}

export const vaultLock = new VaultLock();
