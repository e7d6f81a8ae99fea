import { personApi } from '../e2e/person-api.ts';
import { newcomer } from '../stage/newcomer.ts';
import type { Pilot } from './pilot.ts';

/** The server of the walk, which goes away for a while. */
export interface WalkServer {
	readonly url: string;
	/** Stops it; what it gives starts it again at the same address over the same data. */
	goAway(): Promise<() => Promise<void>>;
}

const statement = new URL('../fixtures/bank/spanish-current.csv', import.meta.url).pathname;

/**
 * The main walk, as the end-to-end tests do it in Chromium: an account, an entity, a real statement, a search, an edit,
 * a reload, an edit while the server is away, out and in again. Throws at the first thing that is not as it must be.
 */
export async function walk(pilot: Pilot, server: WalkServer): Promise<void> {
	const ana = newcomer();
	await pilot.open(`${server.url}/create-account`);
	await pilot.type('Email', ana.email);
	await pilot.type('Password', ana.password);
	await pilot.click('button', 'Create account');
	await pilot.type('Name', 'Ana');
	await pilot.click('button', 'Create');
	await pilot.click('link', 'Add the account');
	await pilot.type('Name', 'Cuenta nómina');
	await pilot.choose('Currency', 'EUR');
	await pilot.click('button', 'Save');
	await pilot.sees('heading', 'Accounts');

	await pilot.click('link', 'Import');
	await pilot.upload(statement);
	await pilot.choose('Account', 'Cuenta nómina');
	await pilot.sees('text', 'NÓMINA FEBRERO');
	await pilot.click('button', 'Continue');
	await pilot.sees('text', '4 new movements to import');
	await pilot.click('button', 'Import');
	await pilot.sees('text', '4 movements imported');

	await pilot.click('link', 'Finances');
	await pilot.click('link', 'Expenses');
	await pilot.type('Search', 'mercadona');
	await pilot.click('link', 'MERCADONA');
	await pilot.type('Payee', 'Mercadona Colón');
	await pilot.click('button', 'Save');
	await pilot.sees('heading', 'Expenses');
	await pilot.reload();
	await pilot.sees('text', 'Mercadona Colón');

	await allSent(pilot);
	await pilot.run(async () => void (await navigator.serviceWorker.ready));
	const comeBack = await server.goAway();
	await pilot.reload();
	await pilot.type('Search', 'colon');
	await pilot.click('link', 'Mercadona Colón');
	await pilot.type('Payee', 'Mercadona without a network');
	await pilot.click('button', 'Save');
	await pilot.type('Search', 'without');
	await pilot.sees('link', 'Mercadona without a network');
	await pilot.sees('text', 'waiting');
	await comeBack();
	await pilot.reload();
	await allSent(pilot);

	await pilot.click('link', 'Settings');
	await pilot.click('button', 'Sign out');
	await pilot.sees('heading', 'Sign in');
	await pilot.open(`${server.url}/sign-in`);
	await pilot.type('Email', ana.email);
	await pilot.type('Password', ana.password);
	await pilot.click('button', 'Sign in');
	await pilot.click('link', 'Ana');
	await pilot.sees('text', 'Cuenta nómina');
	const [entity] = await (await personApi(server.url, ana)).entities();
	if (!(await pilot.address()).endsWith(entity ?? 'an entity')) throw new Error('Home of another entity');
	await pilot.click('link', 'Finances');
	await pilot.click('link', 'Expenses');
	await pilot.sees('text', 'Mercadona without a network');
}

/** Looks in Settings until everything is on the server, and comes back to the list. */
async function allSent(pilot: Pilot): Promise<void> {
	await pilot.click('link', 'Settings');
	await pilot.sees('text', 'Everything is on the server.');
	await pilot.click('link', 'Finances');
	await pilot.click('link', 'Expenses');
	await pilot.sees('heading', 'Expenses');
}
