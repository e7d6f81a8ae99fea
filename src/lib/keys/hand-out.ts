import type { BundleText, PutKeys } from '../api/keys.ts';
import type { RosterPost } from '../api/rosters.ts';
import type { Bytes } from '../crypto/bytes.ts';
import type { Account } from './account.ts';
import type { NewKeys, ToPut } from './key-verbs.ts';
import { newRecoverySlot, putOf } from './new-account.ts';
import type { NewAccount } from './new-account.ts';
import type { Tickets } from './tickets.ts';

/** An account in which everything was drawn, and what is put with it. */
export type Drawn = NewAccount & { posts: RosterPost[]; succession?: Bytes };

/** Hands an account out to be put; `taken` is called once the server has it. */
export async function handOut(
	tickets: Tickets,
	{ account, posts, recoveryCode, succession }: Drawn,
	taken: (account: Account) => void
): Promise<NewKeys> {
	const done = account.putting();
	const put = await putOf(account, posts, succession);
	const ticket = tickets.hand(() => {
		done(put.bundle.version);
		taken(account);
	});
	return { put, ticket, recoveryCode };
}

/** Hands other slots of the same account key out to be put. */
export async function handOutSlots(
	tickets: Tickets,
	account: Account,
	slots: PutKeys['slots']
): Promise<ToPut<PutKeys>> {
	const done = account.putting();
	const put = { ...(await putOf(account)), version: account.keysVersion + 1, slots };
	const ticket = tickets.hand(() => {
		[account.keysVersion, account.slots] = [put.version, slots];
		done(put.bundle.version);
	});
	return { put, ticket };
}

/** Hands the bundle out to be put, where it has changed since it was. */
export async function handOutBundle(tickets: Tickets, account: Account): Promise<ToPut<BundleText> | null> {
	if (!account.changed) return null;
	const done = account.putting();
	const bundle = await account.nextBundle();
	return { put: bundle, ticket: tickets.hand(() => done(bundle.version)) };
}

/** Hands a new recovery slot of the same account key out to be put, with its code. */
export async function handOutRecovery(tickets: Tickets, account: Account): Promise<NewKeys> {
	const { slot, recoveryCode } = await account.key.use((key) => newRecoverySlot(account.user, key));
	return { ...(await handOutSlots(tickets, account, { ...account.slots, recovery: slot })), recoveryCode };
}
