import type { Format, Mapping, MappingGuess, Question, Reading, StatementView } from '$lib/import/index.ts';
import { ExplicitChoices, ImportError } from '$lib/import/index.ts';
import type { ReadingChoices, StatementReader } from '$lib/import/index.ts';
import { importMappings } from '$lib/vault/import-mappings.ts';
import type { OpenRecord } from '$lib/vault/open-record.ts';
import { vault } from '$lib/vault/vault.svelte.ts';
import type { FilePart } from './ledger-file.svelte.ts';
import { LedgerFile } from './ledger-file.svelte.ts';

/** A statement being read: what the person has chosen so far, and what the file says under it. */
export class StatementFile {
	readonly #reader: StatementReader;
	#bytes = new Uint8Array();
	readonly #said = new ExplicitChoices();
	/** Counts what was asked of the reader: an answer that was overtaken is dropped. */
	#asked = 0;

	name = $state('');
	/** Why the file cannot be read, an ImportError's code. */
	trouble = $state<string | null>(null);
	busy = $state(false);
	choices = $state.raw<ReadingChoices>({});
	/** A file that says itself what is in it. All that follows is of one that does not: a table. */
	ledger = $state.raw<LedgerFile | null>(null);
	view = $state.raw<StatementView | null>(null);
	account = $state('');
	mapping = $state.raw<Mapping | null>(null);
	questions = $state.raw<readonly Question[]>([]);
	dateSample = $state<string | null>(null);
	/** The mapping was remembered from an earlier statement. */
	remembered = $state(false);
	table = $state.raw<Reading | null>(null);

	constructor(reader: StatementReader) {
		this.#reader = reader;
	}

	/** The account record, while it is there. */
	get accountRecord(): OpenRecord | undefined {
		return vault.records('account').find(({ id }) => id === this.account);
	}

	get currency(): string {
		const currency = this.accountRecord?.body.values.currency;
		return typeof currency === 'string' ? currency : 'EUR';
	}

	get format(): Format {
		return this.ledger?.view.format ?? 'csv';
	}

	/** Every row or entry of the file, as things stand. */
	get reading(): Reading | null {
		return this.ledger?.reading ?? this.table;
	}

	/** What goes into which account. */
	get parts(): FilePart[] {
		if (this.ledger !== null) return this.ledger.parts;
		const { account, table } = this;
		return this.accountRecord === undefined || table === null ? [] : [{ account, reading: table, closing: null }];
	}

	get mayReview(): boolean {
		const isSettled = this.ledger?.isSettled ?? (this.mapping !== null && this.questions.length === 0);
		return isSettled && this.parts.some(({ reading }) => reading.movements.length > 0);
	}

	/** Reads a file the person chose or dropped; false where it cannot be read. */
	async read(file: File): Promise<boolean> {
		this.name = file.name;
		this.choices = {};
		this.#said.clear();
		await this.attempt(async () => {
			this.#bytes = new Uint8Array(await file.arrayBuffer());
			await this.#open();
		});
		return this.trouble === null;
	}

	/** The person says something of a ledger. */
	say(change: (ledger: LedgerFile) => Promise<void>): Promise<void> {
		return this.attempt(async () => {
			if (this.ledger !== null) await change(this.ledger);
		});
	}

	/** Reads the same file with another encoding or separator. */
	async choose(choices: ReadingChoices): Promise<void> {
		this.choices = { ...this.choices, ...choices };
		await this.attempt(() => this.#open());
	}

	/** The account that statements of this shape went into before, or the only one there is; empty where neither says. */
	get likelyAccount(): string {
		const known = importMappings.load().find(({ shape }) => shape === this.view?.shape)?.account;
		const accounts = vault.records('account').filter(({ body }) => body.values.archived !== 'yes');
		return known ?? (accounts.length === 1 ? (accounts[0]?.id ?? '') : '');
	}

	async pickAccount(id: string): Promise<void> {
		this.account = id;
		await this.attempt(() => this.#guess());
	}

	/**
	 * Takes over part of a mapping. Where dates or amounts now stand elsewhere, how they are written is found anew, but
	 * for what the person has said of it.
	 */
	async change(patch: Partial<Mapping>, answers?: Question): Promise<void> {
		const { mapping } = this;
		if (mapping === null) return;
		const next = { ...mapping, ...patch };
		this.#said.note(patch);
		await this.attempt(async () => {
			if (patch.columns !== undefined && figures(mapping) !== figures(next)) {
				const guess = await this.#reader.ask({ verb: 'settle', currency: this.currency, columns: patch.columns });
				this.#hold(guess);
			} else {
				this.mapping = next;
			}
			this.questions = this.questions.filter((each) => each !== answers);
			await this.#read();
		});
	}

	/** The person has looked at the columns and finds them right. */
	confirmColumns(): void {
		this.questions = this.questions.filter((question) => question !== 'columns');
	}

	/** Forgets the file. */
	protected forget(): void {
		this.#bytes = new Uint8Array();
		Object.assign(this, { name: '', trouble: null, view: null, mapping: null, table: null, ledger: null });
		Object.assign(this, { questions: [], account: '', remembered: false });
	}

	async #open(): Promise<void> {
		this.table = null;
		const view = await this.#reader.ask({ verb: 'open', bytes: this.#bytes, choices: this.choices });
		this.ledger = view.format === 'csv' ? null : new LedgerFile(this.#reader, view);
		this.view = view.format === 'csv' ? view : null;
		await this.ledger?.read();
		if (view.format !== 'csv') return;
		if (this.accountRecord === undefined) this.account = this.likelyAccount;
		await this.#guess();
	}

	async #guess(): Promise<void> {
		const { view } = this;
		if (view === null || this.accountRecord === undefined) return;
		const kept = importMappings.load().filter(({ shape }) => shape === view.shape);
		const own = kept.find(({ account }) => account === this.account)?.mapping;
		const other = kept[0]?.mapping;
		// The same bank's statement for another account is read alike, but for the currency.
		const memory = own ?? (other === undefined ? undefined : { ...(other as object), currency: this.currency });
		const guess = await this.#reader.ask({ verb: 'guess', currency: this.currency, kept: memory });
		this.remembered = memory !== undefined;
		this.#hold(guess);
		await this.#read();
	}

	#hold(found: MappingGuess): void {
		const guess = this.#said.over(found);
		this.mapping = guess.mapping;
		this.questions = guess.questions;
		this.dateSample = guess.dateSample;
	}

	async #read(): Promise<void> {
		const { mapping } = this;
		if (mapping === null) return;
		const number = (this.#asked += 1);
		const reading = await this.#reader.ask({ verb: 'read', mapping });
		if (number === this.#asked) this.table = reading;
	}

	/** Does work that may fail; `trouble` says why it did. */
	protected async attempt(work: () => Promise<void>): Promise<void> {
		this.busy = true;
		this.trouble = null;
		try {
			await work();
		} catch (error) {
			this.trouble = error instanceof ImportError ? error.code : 'import/unexpected';
		} finally {
			this.busy = false;
		}
	}
}

/** Which columns hold dates and amounts. */
function figures({ columns }: Mapping): string {
	const { date, amount, sign, debit, credit, fee, balance } = columns;
	return [date, amount, sign, debit, credit, fee, balance].join(' ');
}
