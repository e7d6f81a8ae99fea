import type { KeysAnswer, Slots } from '../../api/keys.ts';

type Recovery = NonNullable<Slots['recovery']>;
type Stored<Slot extends { accountKey: string }> = Omit<Slot, 'accountKey'> & { account_key: string };

/** Slots as the database's functions take and give them. */
export interface SlotsRow {
	password: Stored<Slots['password']>;
	recovery?: Stored<Recovery> | null;
}

/** Keys as the database's functions give them. */
export type KeysRow = Omit<KeysAnswer, 'slots'> & { slots: SlotsRow };

/** Keys as they are answered. */
export function keysOf({ slots, ...rest }: KeysRow): KeysAnswer {
	const { account_key: accountKey, ...password } = slots.password;
	const answer: Slots = { password: { ...password, accountKey } };
	if (slots.recovery) {
		const { account_key: wrapped, ...recovery } = slots.recovery;
		answer.recovery = { ...recovery, accountKey: wrapped };
	}
	return { ...rest, slots: answer };
}

/** Slots as the database takes them. */
export function slotsRow({ password, recovery }: Slots): SlotsRow {
	const stored = <Slot extends { accountKey: string }>({ accountKey, ...slot }: Slot) => ({
		...slot,
		account_key: accountKey
	});
	return { password: stored(password), ...(recovery ? { recovery: stored(recovery) } : {}) };
}
