import type { AccountReading, DatedMoney, LedgerChoices, LedgerView } from '$lib/import/index.ts';
import type { OwnAccount, Question, Reading, StatementReader } from '$lib/import/index.ts';
import { matchAccount } from '$lib/import/index.ts';
import { importMappings } from '$lib/vault/import-mappings.ts';
import { vault } from '$lib/vault/vault.svelte.ts';

/** What an account's entries go into where the person leaves them out. */
export const NOWHERE = 'nowhere';

/** The movements that go into one account. */
export interface FilePart {
	/** Its record id. */
	account: string;
	reading: Reading;
	closing: DatedMoney | null;
}

/** A file that says itself what is in it: which account of the vault each of its accounts is, and how it is written. */
export class LedgerFile {
	readonly #reader: StatementReader;
	readonly view: LedgerView;
	readonly #kept: object;
	#said: Partial<LedgerChoices> = {};

	/** For each account of the file a record id, NOWHERE, or `''` where that is not said yet. */
	targets = $state.raw<readonly string[]>([]);
	choices = $state.raw<LedgerChoices>({ dateOrder: 'ymd', decimal: '.', unsigned: 'out' });
	questions = $state.raw<readonly Question[]>([]);
	dateSample = $state<string | null>(null);
	accounts = $state.raw<readonly AccountReading[]>([]);
	/** Every account was chosen as the last time. */
	remembered = $state(false);

	constructor(reader: StatementReader, view: LedgerView) {
		this.#reader = reader;
		this.view = view;
		const own = ownAccounts();
		const kept = importMappings.load();
		const isOnly = view.accounts.length === 1;
		this.targets = view.accounts.map((account) => {
			const before = kept.filter(({ shape }) => shape === account.key).map((each) => each.account);
			return account.entries === 0 ? NOWHERE : matchAccount(account, own, before, isOnly);
		});
		const shapes = view.accounts.filter(({ entries }) => entries > 0).map(({ key }) => key);
		const known = kept.filter(({ shape, account }) => shapes.includes(shape) && this.targets.includes(account));
		const isKnown = (key: string) => known.some(({ shape }) => shape === key);
		this.remembered = shapes.length > 0 && shapes.every(isKnown);
		this.#kept = Object.assign({}, ...known.map(({ mapping }) => $state.snapshot(mapping))) as object;
	}

	/** What goes into accounts of the vault. */
	get parts(): FilePart[] {
		return this.accounts.flatMap(({ reading, balance }, index) => {
			const account = this.targets[index] ?? '';
			return account === '' || account === NOWHERE ? [] : [{ account, reading, closing: balance }];
		});
	}

	/** Everything in the file: no entry is in none of the three. */
	get reading(): Reading {
		const whole: Reading = { movements: [], problems: [...this.view.problems], leftOut: [...this.view.leftOut] };
		for (const [index, { reading }] of this.accounts.entries()) {
			const isWanted = this.targets[index] !== NOWHERE;
			const unwanted = [...reading.movements.map(({ line, payee }) => ({ line, text: payee })), ...reading.problems];
			whole.leftOut = whole.leftOut.concat(reading.leftOut);
			if (isWanted) {
				whole.movements = whole.movements.concat(reading.movements);
				whole.problems = whole.problems.concat(reading.problems);
			} else {
				const left = unwanted.map(({ line, text }) => ({ line, text, reason: 'not-wanted' as const }));
				whole.leftOut = whole.leftOut.concat(left);
			}
		}
		return whole;
	}

	/** Whether everything is said that must be. */
	get isSettled(): boolean {
		return !this.targets.includes('') && this.questions.length === 0;
	}

	/** Reads the entries as things stand. */
	async read(): Promise<void> {
		const currencies = this.targets.map((target) => currencyOf(target));
		const read = await this.#reader.ask({ verb: 'read-ledger', currencies, said: this.#said, kept: this.#kept });
		this.accounts = read.accounts;
		this.choices = read.choices;
		this.questions = read.questions;
		this.dateSample = read.dateSample;
	}

	/** The person says where an account's entries go. */
	async pick(index: number, target: string): Promise<void> {
		this.targets = this.targets.map((each, at) => (at === index ? target : each));
		await this.read();
	}

	/** The person says how the file is written. */
	async change(patch: Partial<LedgerChoices>): Promise<void> {
		this.#said = { ...this.#said, ...patch };
		await this.read();
	}

	/** Keeps what was said with the accounts the entries went into. */
	async remember(): Promise<void> {
		for (const [index, { key }] of this.view.accounts.entries()) {
			const account = this.targets[index];
			if (account === undefined || account === '' || account === NOWHERE) continue;
			await importMappings.save({ account, shape: key, mapping: { ...this.#kept, ...this.#said } });
		}
	}

	/** Record id of the account that the file means by a name. */
	accountNamed(name: string): string | undefined {
		const isSame = (other: string) => other.trim().toLowerCase() === name.trim().toLowerCase();
		const index = this.view.accounts.findIndex((account) => isSame(account.name));
		const target = this.targets[index];
		if (target !== undefined && target !== '' && target !== NOWHERE) return target;
		const named = ownAccounts().filter((account) => isSame(account.name));
		return named.length === 1 ? named[0]?.id : undefined;
	}
}

/** Accounts one may import into, those in use. */
function ownAccounts(): OwnAccount[] {
	const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
	return vault
		.records('account')
		.filter(({ body }) => body.values.archived !== 'yes')
		.map(({ id, body: { values } }) => {
			return { id, name: textOf(values.name), number: textOf(values.number), currency: textOf(values.currency) };
		});
}

function currencyOf(account: string): string {
	const currency = vault.records('account').find(({ id }) => id === account)?.body.values.currency;
	return typeof currency === 'string' ? currency : 'EUR';
}
