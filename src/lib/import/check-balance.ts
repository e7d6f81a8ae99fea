export interface BalanceFit {
	/** Neighbouring rows that have both an amount and a balance. */
	pairs: number;
	/** The share of them that fit, 0 to 1; 0 where there are none. */
	share: number;
}

/**
 * How well a column of balances bears out a column of amounts, whichever end of the file is the newest: each balance
 * is the one before it plus the amount.
 * @param amounts signed minor units of each row; null where a row has none
 * @param balances minor units after each row
 */
export function balanceFit(amounts: readonly (number | null)[], balances: readonly (number | null)[]): BalanceFit {
	let pairs = 0;
	let forward = 0;
	let backward = 0;
	for (let index = 1; index < amounts.length; index += 1) {
		const before = balances[index - 1] ?? null;
		const now = balances[index] ?? null;
		const amountBefore = amounts[index - 1] ?? null;
		const amountNow = amounts[index] ?? null;
		if (before === null || now === null || amountBefore === null || amountNow === null) continue;
		pairs += 1;
		if (before + amountNow === now) forward += 1;
		if (now + amountBefore === before) backward += 1;
	}
	return { pairs, share: pairs === 0 ? 0 : Math.max(forward, backward) / pairs };
}
