import type { BalanceCheck, Format, JudgedMovement } from '$lib/import/index.ts';
import { buildRecord, checkBalance, findDuplicates, pairTransfers } from '$lib/import/index.ts';
import { vault } from '$lib/vault/vault.svelte.ts';
import type { FilePart, LedgerFile } from './ledger-file.svelte.ts';

/**
 * Compares what a file has with what the vault has, account by account.
 * @param ledger knows which account the file means by a name
 * @returns the movements, and apart from them the sides of transfers that come with their other side
 */
export function judgeFile(parts: readonly FilePart[], format: Format, ledger: LedgerFile | null) {
	const records = vault.all();
	const accounts = new Set(parts.map(({ account }) => account));
	const judged = [...accounts].flatMap((account): JudgedMovement[] => {
		const own = parts.filter((part) => part.account === account);
		const movements = own.flatMap(({ reading }) => reading.movements);
		return findDuplicates(movements, account, records, format);
	});
	const isTransfer = (id: string) => vault.record(id)?.body.kind === 'transfer';
	const dropped = pairTransfers(judged, (name) => ledger?.accountNamed(name), isTransfer);
	return { judged: judged.filter((each) => !dropped.has(each)), otherSides: [...dropped] };
}

/** Of what was judged, the movements that are also among others. */
export function sameMovements(
	judged: readonly JudgedMovement[],
	others: readonly JudgedMovement[]
): readonly JudgedMovement[] {
	const movements = new Set(others.map(({ movement }) => movement));
	return judged.filter(({ movement }) => movements.has(movement));
}

/** For each account whose balance the file says, and whose opening balance is known: whether it will come out the same. */
export function balanceChecks(
	parts: readonly FilePart[],
	picked: readonly JudgedMovement[]
): (BalanceCheck & { account: string })[] {
	const run = {
		id: '',
		at: new Date().toISOString(),
		format: 'csv' as const,
		name: '',
		banks: new Map<string, string>()
	};
	const bodies = picked.map((each) => buildRecord(each, run, []));
	return parts.flatMap(({ account, closing }) => {
		const check = closing === null ? null : checkBalance(account, closing, vault.all(), bodies);
		return check === null ? [] : [{ account, ...check }];
	});
}
