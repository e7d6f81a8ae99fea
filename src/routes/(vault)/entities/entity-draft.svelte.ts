import { ApiError } from '$lib/sync/api-error.ts';
import { PARTIAL_DATE } from '$lib/forms/draft.ts';
import type { EntityKind } from '$lib/api/entity.ts';
import { entityKindOf, entityKinds } from '$lib/vault/entity-kinds.ts';
import type { EntityView } from '$lib/vault/entity-view.ts';
import { m } from '$messages';

/** What a person has typed about an entity, and what is wrong with it. Kept whatever becomes of the saving. */
export class EntityDraft {
	kind = $state<string>('person');
	name = $state('');
	/** By field key; what another kind or a newer version knows is kept as it is. */
	values = $state<Record<string, string>>({});
	nameProblem = $state('');
	/** What is wrong with an identifying field, by its key. */
	problems = $state.raw<Readonly<Record<string, string>>>({});
	/** Why it was not saved, in a sentence, with its code. */
	trouble = $state<{ text: string; code: string } | null>(null);
	saving = $state(false);
	/** Did another device save first, the last time? */
	conflict = false;
	readonly #others: Readonly<Record<string, unknown>>;
	readonly #before: string;

	constructor(entity?: EntityView) {
		this.#others = entity?.values ?? {};
		if (entity) {
			this.kind = entity.kind;
			this.name = entity.name;
			for (const [key, value] of Object.entries(entity.values)) if (typeof value === 'string') this.values[key] = value;
		}
		this.#before = this.#written();
	}

	/** The identifying fields of the chosen kind. */
	get fields() {
		return Object.entries(entityKindOf(this.kind)?.fields ?? {});
	}

	/** Has anything been typed that is not saved? */
	get changed(): boolean {
		return this.#written() !== this.#before;
	}

	/** The kinds to choose from; one that only a newer version knows stays as it is. */
	get kinds() {
		return entityKindOf(this.kind) ? entityKinds : [];
	}

	/** Checks, then saves by `work`; true when it is done. What failed is told in `nameProblem`, `problems` or `trouble`. */
	async save(
		work: (typed: { kind: EntityKind; name: string; values: Record<string, unknown> }) => Promise<unknown>
	): Promise<boolean> {
		const name = this.name.trim();
		this.nameProblem = name === '' ? m.entities_name_missing() : name.length > 200 ? m.entities_name_long() : '';
		this.problems = this.#incomplete();
		if (this.nameProblem !== '' || Object.keys(this.problems).length > 0 || this.saving) return false;
		this.saving = true;
		this.trouble = null;
		try {
			await work({ kind: this.kind as EntityKind, name, values: this.#kept() });
			return true;
		} catch (error) {
			this.conflict = error instanceof ApiError && error.status === 409;
			this.trouble = troubleOf(error);
			return false;
		} finally {
			this.saving = false;
		}
	}

	/** Dates of which only some parts are filled in. */
	#incomplete(): Record<string, string> {
		const partial = this.fields.filter(([key]) => this.values[key] === PARTIAL_DATE);
		return Object.fromEntries(partial.map(([key]) => [key, m.entities_date_partial()]));
	}

	/** The values to keep: typed ones without blanks, and whatever was there that this form does not show. */
	#kept(): Record<string, unknown> {
		const typed = Object.entries(this.values).map(([key, text]) => [key, text.trim()] as const);
		const values: Record<string, unknown> = { ...this.#others, ...Object.fromEntries(typed) };
		for (const [key, text] of typed) if (text === '' || text === PARTIAL_DATE) delete values[key];
		return values;
	}

	#written(): string {
		return JSON.stringify([this.kind, this.name.trim(), Object.entries(this.#kept()).sort()]);
	}
}

function troubleOf(error: unknown): { text: string; code: string } {
	if (!(error instanceof ApiError)) return { text: m.entities_refused(), code: 'vault/unexpected' };
	if (error.status === 409) return { text: m.entities_conflict(), code: error.code };
	return { text: error.passing ? m.entities_not_reached() : m.entities_refused(), code: error.code };
}
