import type { JudgedMovement } from './find-duplicates.ts';

/**
 * Finds the other account of each movement that its file calls a transfer, and the other side of it where the same file
 * has both: only one of the two is imported, the one where money goes out.
 * @param judged the movements of all accounts of one file
 * @param accountOf record id of the account the file means by a name, or undefined
 * @param isTransfer whether a record of the vault, by its id, is a transfer and so has both sides
 * @returns the sides that are not to be imported
 */
export function pairTransfers(
	judged: readonly JudgedMovement[],
	accountOf: (name: string) => string | undefined,
	isTransfer: (id: string) => boolean
): Set<JudgedMovement> {
	for (const each of judged) {
		const other = each.movement.transfer === undefined ? undefined : accountOf(each.movement.transfer);
		if (other !== undefined && other !== each.account) each.other = other;
	}
	const outs = new Map<string, JudgedMovement[]>();
	for (const each of judged) {
		if (each.other === undefined || each.movement.money.minor >= 0) continue;
		const key = `${each.account} ${each.other} ${each.movement.date}`;
		outs.set(key, [...(outs.get(key) ?? []).slice(-MOST), each]);
	}
	const dropped = new Set<JudgedMovement>();
	for (const each of judged) {
		const { money, date } = each.movement;
		if (each.other === undefined || money.minor <= 0) continue;
		const sides = outs.get(`${each.other} ${each.account} ${date}`) ?? [];
		const at = sides.findIndex(({ movement: { money: out } }) => {
			return out.currency !== money.currency || out.minor === 0 - money.minor;
		});
		const [side] = at < 0 ? [] : sides.splice(at, 1);
		if (side === undefined) continue;
		if (side.like !== undefined && !isTransfer(side.like)) {
			// It is here as an expense: then its other side is money that came in.
			delete each.other;
			continue;
		}
		if (side.movement.money.currency !== money.currency) side.otherMoney = money;
		dropped.add(each);
	}
	return dropped;
}

/** Transfers between the same two accounts on one day. */
const MOST = 200;
