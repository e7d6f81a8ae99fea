import { AccountDatabase, accountsOnDevice, forgetAccount } from './account-database.ts';

/**
 * Texts by which what never left this device can still be sent, once its person is back: what is half typed or half
 * uploaded, what was shared with the app, and wrapped keys. `keys/device` and `keys/biometric` open without a
 * password, and the share for `keys/pin` is destroyed, so those go.
 */
const NEEDED = /^(?:draft\/|upload\/|shared\/|share-key\/|share-to$|keys\/(?!(?:device|biometric|pin)$))/;
/** Of those, what a person made. */
const MADE = /^(?:draft\/|upload\/|shared\/)/;

/**
 * Clears an account from this device, whose session its person revoked from another. All of it goes, unless changes wait
 * here that reached no server: those stay, sealed, until the same person signs in here again or has them removed.
 * @returns how many stayed.
 * @throws whatever the browser throws.
 */
export async function clearRevoked(account: string): Promise<number> {
	const database = await AccountDatabase.open(account);
	const { sealed, outbox, pages, places, reports, texts, parts } = database;
	try {
		// What waits in the tables of a newer app is not ours to judge.
		if (database.newer) {
			await sealed.clear();
			return 1;
		}
		const waiting = await countWaiting(database);
		if (waiting > 0) {
			await database.transaction('rw', [sealed, outbox, pages, places, reports, texts, parts], async () => {
				await Promise.all([sealed.clear(), pages.clear(), places.clear(), reports.clear()]);
				await texts.filter(({ name }) => !NEEDED.test(name)).delete();
				await parts.filter((part) => part.waiting !== 1).delete();
			});
			return waiting;
		}
	} finally {
		database.close();
	}
	await forgetAccount(account);
	return 0;
}

/** How many changes wait on this device that reached no server, of whatever account; what cannot be looked into counts as one. */
export async function countKept(): Promise<number> {
	let count = 0;
	for (const account of await accountsOnDevice()) {
		const database = await AccountDatabase.open(account);
		count += database.newer ? 1 : await countWaiting(database);
		database.close();
	}
	return count;
}

async function countWaiting({ outbox, texts }: AccountDatabase): Promise<number> {
	return (await outbox.count()) + (await texts.filter(({ name }) => MADE.test(name)).count());
}
