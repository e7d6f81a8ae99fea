import { SvelteSet } from 'svelte/reactivity';
import { emptyValues, isMoney, problemText, today, wallNow } from '../kinds/index.ts';
import type { Kind, Problem, RecordBody } from '../kinds/index.ts';
import type { OpenRecord } from '../vault/open-record.ts';
import type { SaveRefusal } from '../vault/save-outcome.ts';
import { alternativesOf } from '../vault/undecided.ts';
import { vault } from '../vault/vault.svelte.ts';
import { circumstances } from './circumstances.ts';
import { comparable } from './comparable.ts';
import { defaultCurrency } from './default-currency.ts';
import { draftBody } from './draft-body.ts';
import { draftOf, type Draft } from './draft.ts';
import { keptDrafts, type KeptDraft } from './kept-drafts.ts';
import { readDraft } from './read-draft.ts';

/** What stands in the way of a save after the fields are right. */
export type Trouble = SaveRefusal | 'failed';

/** Values that a new record starts with, by field. */
export type Preset = Readonly<Record<string, string>>;

/** One form while it is open: what is typed, what is wrong with it, and what became of saving it. */
export class RecordForm {
	readonly kind: Kind;
	readonly locale: string;
	readonly record: OpenRecord | undefined;
	/** When the draft was typed, if it was kept from an earlier visit; RFC 3339. */
	keptAt = $state<string>();
	draft = $state<Draft>({});
	problems = $state.raw<readonly Problem[]>([]);
	trouble = $state.raw<Trouble>();
	saving = $state(false);
	/** Fields of which the person has picked one of two values. */
	readonly decided = new SvelteSet<string>();
	readonly #entity: string;
	readonly #currency: string;
	readonly #id: string;
	#blank: Draft;
	#kept: boolean;
	/** The body that the draft began from; null for a new record. */
	#from = $state.raw<RecordBody | null>(null);

	/**
	 * @param record the record to change; undefined for a new one
	 * @param kept the draft that was left here before
	 * @param preset what a new record starts with besides what its kind says
	 */
	constructor(
		entity: string,
		kind: Kind,
		record: OpenRecord | undefined,
		locale: string,
		{ kept, preset }: { kept?: KeptDraft; preset?: Preset } = {}
	) {
		this.kind = kind;
		this.locale = locale;
		this.record = record;
		this.#entity = entity;
		this.#id = kept?.id ?? record?.id ?? crypto.randomUUID();
		const currency = defaultCurrency(vault.records('account'), vault.records(kind.name), locale);
		this.#currency = currency ?? 'EUR';
		this.#from = kept?.from ?? record?.body ?? null;
		this.#blank = this.#drafted(this.#from?.values ?? { ...emptyValues(kind, circumstances(currency)), ...preset });
		this.keptAt = kept?.at;
		this.#kept = kept !== undefined;
		for (const field of kept?.decided ?? []) this.decided.add(field);
		this.draft = structuredClone(kept?.draft ?? this.#blank);
	}

	/** The form of a record or of a new one, with the draft that was left there before. */
	static async open(
		entity: string,
		kind: Kind,
		record: OpenRecord | undefined,
		locale: string,
		preset?: Preset
	): Promise<RecordForm> {
		const kept = await keptDrafts.find({ entity, kind, record: record?.id ?? null });
		return new RecordForm(entity, kind, record, locale, { kept, preset });
	}

	/** The body that the draft began from; null for a new record. */
	get from(): RecordBody | null {
		return this.#from;
	}

	/** Is anything typed or picked that is not saved? */
	get dirty(): boolean {
		return this.decided.size > 0 || comparable(this.draft) !== comparable(this.#blank);
	}

	/** Keeps the draft while it differs from what is saved; called whenever it changes. */
	remember(): void {
		const draft = $state.snapshot(this.draft);
		if (!this.dirty) return this.#drop();
		const { name: kind } = this.kind;
		this.#kept = true;
		keptDrafts.keep(this.#entity, { kind, id: this.#id, from: this.#from, draft, decided: [...this.decided] });
	}

	/** Forgets what was typed. */
	discard(): void {
		this.#drop();
		this.#from = this.record?.body ?? null;
		if (this.#from) this.#blank = this.#drafted(this.#from.values);
		this.draft = structuredClone(this.#blank);
		this.decided.clear();
		this.keptAt = undefined;
		this.problems = [];
		this.trouble = undefined;
	}

	/** Takes one of the values that two devices wrote into a field; the others go when the form is saved. */
	pick(field: string, value: unknown): void {
		const picked = this.#drafted({ [field]: value })[field];
		if (picked !== undefined) this.draft[field] = picked;
		this.decided.add(field);
		this.edited(field);
	}

	errorOf(path: string): string | undefined {
		const problem = this.problems.find(({ field }) => field === path);
		return problem && problemText(problem, this.locale);
	}

	/** Takes away the sentences of a place, of what it is part of and of its own parts. */
	edited(path: string): void {
		const whole = path.split('.', 1)[0];
		this.problems = this.problems.filter(
			({ field }) => field !== path && field !== whole && !field.startsWith(`${path}.`)
		);
		this.#stamp(path);
	}

	/**
	 * Checks and saves.
	 * @returns the saved record; undefined when `problems` or `trouble` say why not
	 */
	async save(): Promise<OpenRecord | undefined> {
		const newer = this.#from !== null && this.#from.version > this.kind.version;
		const { values, problems } = readDraft(this.kind, this.draft, this.locale, newer);
		this.problems = problems;
		this.trouble = undefined;
		if (problems.length > 0) return undefined;
		this.saving = true;
		try {
			const body = draftBody(this.kind, values, this.#from, this.#settled);
			const outcome = await vault.save(this.#id, this.kind.domain, body, this.#from ?? undefined);
			if (outcome.status === 'saved') {
				this.#drop();
				return outcome.record;
			}
			this.trouble = outcome.reason;
		} catch {
			this.trouble = 'failed';
		} finally {
			this.saving = false;
		}
		return undefined;
	}

	/** The currency a blank amount takes over: of the account or the field it depends on; empty when neither says. */
	currencyFor(currencyOf: string | undefined): string {
		const source = currencyOf === undefined ? undefined : this.draft[currencyOf];
		if (typeof source === 'object' && !Array.isArray(source) && typeof source.of === 'string') return source.of;
		if (typeof source !== 'string' || source === '') return '';
		if (this.kind.fields[currencyOf ?? '']?.type === 'choice') return source;
		const { currency, amount } = vault.record(source)?.body.values ?? {};
		return typeof currency === 'string' ? currency : isMoney(amount) ? amount.currency : '';
	}

	/** The moment or day of what was just changed is now, unless the person has said another. */
	#stamp(path: string): void {
		for (const [key, field] of Object.entries(this.kind.fields)) {
			if ((field.type !== 'date-time' && field.type !== 'date') || !field.stampOf?.includes(path)) continue;
			if (this.draft[key] === this.#blank[key]) this.draft[key] = field.type === 'date' ? today() : wallNow();
		}
	}

	/** Fields with two values that were picked or typed anew: they keep no other value beside it. */
	get #settled(): string[] {
		const open = Object.keys(this.#from ? alternativesOf(this.#from) : {});
		const typed = open.filter((field) => comparable(this.draft[field]) !== comparable(this.#blank[field]));
		return [...this.decided, ...typed];
	}

	#drafted(values: Record<string, unknown>): Draft {
		return draftOf(this.kind, values, this.locale, this.#currency);
	}

	#drop(): void {
		if (!this.#kept) return;
		this.#kept = false;
		keptDrafts.drop(this.#entity, this.#id, this.#from === null);
	}
}
