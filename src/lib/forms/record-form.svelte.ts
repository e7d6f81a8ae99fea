import { ApiError } from '../sync/api-error.ts';
import { emptyValues, isMoney, problemText, today, upgradeBody } from '../kinds/index.ts';
import type { Circumstances, Kind, Problem } from '../kinds/index.ts';
import type { OpenRecord } from '../vault/open-record.ts';
import type { SaveOutcome } from '../vault/save-outcome.ts';
import { vault } from '../vault/vault.svelte.ts';
import type { Withdrawal } from '../vault/withdraw-change.ts';
import { defaultCurrency } from './default-currency.ts';
import { candidates } from './candidates.ts';
import { draftOf, type Draft } from './draft.ts';
import { keptDrafts } from './kept-drafts.ts';
import { readDraft } from './read-draft.ts';
import { saveDraft } from './save-draft.ts';

/** What stands in the way of a save after the fields are right. */
export type Trouble = Exclude<SaveOutcome, { status: 'saved' }> | { status: 'failed'; code: string };

/** One form while it is open: what is typed, what is wrong with it, and what became of saving it. */
export class RecordForm {
	readonly kind: Kind;
	readonly locale: string;
	readonly record: OpenRecord | undefined;
	/** Was the draft kept from an earlier visit? */
	resumed = $state(false);
	draft = $state<Draft>({});
	problems = $state.raw<readonly Problem[]>([]);
	trouble = $state.raw<Trouble>();
	saving = $state(false);
	readonly #place: string;
	readonly #blank: Draft;
	#base: string | null;
	/** A new record keeps the id of its first try: sent again, it is still one record. */
	#id: string | null;
	/** What was typed when a try of it got no answer. */
	#sent: Draft | undefined;

	/** @param record the record to change; undefined for a new one */
	constructor(entity: string, kind: Kind, record: OpenRecord | undefined, locale: string) {
		this.kind = kind;
		this.locale = locale;
		this.record = record;
		this.#place = [entity, kind.name, record?.id ?? 'new'].join('/');
		const currency = defaultCurrency(vault.records('account'), vault.records(kind.name), locale);
		const values = record ? upgradeBody(record.body).values : emptyValues(kind, circumstances(currency));
		this.#blank = draftOf(kind, values, locale, currency ?? 'EUR');
		const kept = keptDrafts.get(this.#place);
		this.#base = kept?.base ?? record?.rev ?? null;
		this.#id = record?.id ?? kept?.id ?? null;
		this.#sent = kept?.sent;
		this.resumed = kept !== undefined;
		this.draft = structuredClone(kept?.draft ?? this.#blank);
	}

	/** Is anything typed that is not saved? */
	get dirty(): boolean {
		return comparable(this.draft) !== comparable(this.#blank);
	}

	/** Keeps the draft while it differs from what is saved; called whenever it changes. */
	remember(): void {
		const draft = $state.snapshot(this.draft);
		if (this.dirty) keptDrafts.keep(this.#place, { draft, base: this.#base, id: this.#id, sent: this.#sent });
		else keptDrafts.drop(this.#place);
	}

	/** Forgets what was typed, and takes back what waits to be sent; says whether that may have arrived before. */
	async discard(): Promise<Withdrawal> {
		const waiting = this.#id;
		keptDrafts.drop(this.#place);
		this.draft = structuredClone(this.#blank);
		this.#base = this.record?.rev ?? null;
		this.#id = this.record?.id ?? null;
		this.#sent = undefined;
		this.resumed = false;
		this.problems = [];
		this.trouble = undefined;
		return waiting === null ? 'nothing' : vault.withdraw(waiting);
	}

	/**
	 * Looks what became of a try that got no answer and was sent again in the background meanwhile.
	 * @returns the record, where it has arrived and nothing else was typed since
	 */
	caughtUp(): OpenRecord | undefined {
		const { trouble } = this;
		if (trouble?.status !== 'unsent' || this.saving || vault.unsent.changes.has(trouble.id)) return undefined;
		this.trouble = undefined;
		// One that was turned away is told of over the page, with what can be done.
		const base = this.#base ?? '0';
		if (vault.unsent.baseOf(trouble.id, base) === base || !this.#saysWhatWasSent()) return undefined;
		return vault.record(trouble.id);
	}

	#saysWhatWasSent(): boolean {
		return this.#sent !== undefined && JSON.stringify(this.#sent) === JSON.stringify($state.snapshot(this.draft));
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
	}

	/**
	 * Checks and saves.
	 * @param over the record that the save is to replace, after a conflict
	 * @returns the saved record; undefined when `problems` or `trouble` say why not
	 */
	async save(over?: OpenRecord): Promise<OpenRecord | undefined> {
		const before = over ?? this.record;
		const newer = before !== undefined && before.body.version > this.kind.version;
		const { values, problems } = readDraft(this.kind, this.draft, this.locale, newer);
		this.problems = problems;
		this.trouble = undefined;
		if (problems.length > 0) return undefined;
		this.saving = true;
		try {
			// A new record that was sent once stands on nothing: whether that try made a revision, the vault knows.
			const base = over?.rev ?? this.#base ?? (this.#id === null ? undefined : '0');
			const sent = $state.snapshot(this.draft);
			const outcome = await saveDraft(this.kind, values, this.#id, before, base);
			if (outcome.status === 'saved') {
				keptDrafts.drop(this.#place);
				return outcome.record;
			}
			if (outcome.status === 'unsent') {
				this.#id = outcome.id;
				this.#sent = sent;
				this.remember();
			}
			this.trouble = outcome;
		} catch (error) {
			this.trouble = { status: 'failed', code: error instanceof ApiError ? error.code : 'form/failed' };
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
}

/** A draft as text to compare: the currency beside a blank amount is nobody's doing. */
function comparable(draft: Draft): string {
	return JSON.stringify(draft, (_, value: unknown) =>
		typeof value === 'object' && value !== null && 'of' in value && 'text' in value && value.text === '' ? '' : value
	);
}

function circumstances(currency: string | undefined): Circumstances {
	const only = (kinds: readonly string[]): string | undefined => {
		const found = candidates(kinds);
		return found.length === 1 ? found[0]?.id : undefined;
	};
	return { today: today(), now: new Date().toISOString(), currency, only };
}
