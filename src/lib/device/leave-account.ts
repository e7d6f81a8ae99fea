import { AccountDatabase, forgetAccount } from './account-database.ts';

/**
 * Lets go of an account in whose place somebody else signed in. Where changes wait that reached no server yet, they stay
 * (sealed, with their key and with what is half typed) until their person is back; session and cached pages go in any
 * case.
 * @throws whatever the browser throws; what could not be looked into is not thrown away
 */
export async function leaveAccount(account: string): Promise<void> {
	if (!(await keepUnsent(account))) await forgetAccount(account);
}

async function keepUnsent(account: string): Promise<boolean> {
	const database = await AccountDatabase.open(account);
	const { sealed, outbox, pages, places } = database;
	try {
		// What waits in the tables of a newer app is not ours to judge.
		if (database.newer) await sealed.clear();
		else if ((await outbox.count()) === 0) return false;
		else
			await database.transaction('rw', sealed, pages, places, async () => {
				await Promise.all([sealed.clear(), pages.clear(), places.clear()]);
			});
		return true;
	} finally {
		database.close();
	}
}
