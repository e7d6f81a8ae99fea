import { DeviceError } from '../device/device-error.ts';
import { KeysError } from '../keys/keys-error.ts';
import type { Kind, RecordBody } from '../kinds/index.ts';
import { vault } from '../vault/vault.svelte.ts';
import type { Draft } from './draft.ts';

/** What was typed in a form and not saved. */
export interface KeptDraft {
	/** Name of the kind. */
	readonly kind: string;
	/** The record's id; a new one has its own from the start, so that it is never made twice. */
	readonly id: string;
	/** The body it began from; null for a new record. */
	readonly from: RecordBody | null;
	readonly draft: Draft;
	/** Fields of which the person has picked one of two values. */
	readonly decided: readonly string[];
	/** When it was last typed on, RFC 3339. */
	readonly at: string;
}

/** Whose draft it is. */
export interface DraftPlace {
	readonly entity: string;
	readonly kind: Kind;
	/** The record's id; null for a new one. */
	readonly record: string | null;
}

/**
 * Drafts of forms that were left without saving: kept sealed on this device, so that they are there after a reload, an
 * update or another day. Names on disk say the entity and the record, never the kind. While a draft is not on disk, the
 * page's leaving is warned about.
 */
class KeptDrafts {
	/** What is still to be written, the newest of each name. */
	readonly #next = new Map<string, KeptDraft | null>();
	readonly #held = new Map<string, () => void>();
	#writing: Promise<void> | null = null;

	constructor() {
		vault.whenForgotten(() => {
			this.#next.clear();
			this.#held.clear();
		});
	}

	/** The draft kept for a place, or undefined. Never rejects: a draft that cannot be read is none. */
	async find({ entity, kind, record }: DraftPlace): Promise<KeptDraft | undefined> {
		await this.settled();
		try {
			const names = record === null ? await vault.texts.names(namesOfNew(entity)) : [nameOf(entity, record, false)];
			for (const name of names) {
				const kept = readKept(await vault.texts.read(name));
				if (kept?.kind === kind.name) return kept;
			}
		} catch {
			// Nothing can be kept here, or the vault was closed meanwhile.
		}
		return undefined;
	}

	/** Keeps a draft as of now. */
	keep(entity: string, draft: Omit<KeptDraft, 'at'>): void {
		const at = new Date().toISOString();
		this.#write(nameOf(entity, draft.id, draft.from === null), { ...draft, at });
	}

	drop(entity: string, id: string, isNew: boolean): void {
		this.#write(nameOf(entity, id, isNew), null);
	}

	/** Resolves once everything that was typed is on disk, or could not be written; what a lock held up is tried again. */
	async settled(): Promise<void> {
		if (this.#next.size > 0) this.#start();
		await this.#writing;
	}

	#write(name: string, kept: KeptDraft | null): void {
		this.#next.set(name, kept);
		if (!this.#held.has(name)) this.#held.set(name, vault.unsaved.hold());
		this.#start();
	}

	#start(): void {
		this.#writing ??= this.#drain().finally(() => (this.#writing = null));
	}

	async #drain(): Promise<void> {
		for (let [first] = this.#next; first !== undefined; [first] = this.#next) {
			const [name, kept] = first;
			this.#next.delete(name);
			try {
				await vault.texts.write(name, kept && JSON.stringify(kept), true);
				if (!this.#next.has(name) && (kept === null || vault.sync.lasting)) this.#release(name);
			} catch (error) {
				// The device is full or keeps nothing: the page still has it, and its leaving is warned about.
				if (!isLocked(error)) continue;
				// Without the key nothing of it may be written: it waits in memory for the unlock.
				if (!this.#next.has(name)) this.#next.set(name, kept);
				return;
			}
		}
	}

	#release(name: string): void {
		this.#held.get(name)?.();
		this.#held.delete(name);
	}
}

export const keptDrafts = new KeptDrafts();

function isLocked(error: unknown): boolean {
	if (error instanceof DeviceError) return error.code === 'device/locked';
	return error instanceof KeysError && error.code === 'keys/locked';
}

function namesOfNew(entity: string): string {
	return `draft/${entity}/new/`;
}

function nameOf(entity: string, id: string, isNew: boolean): string {
	return isNew ? namesOfNew(entity) + id : `draft/${entity}/${id}`;
}

/** A draft as an earlier page wrote it; null for a text of another form. */
function readKept(text: string | null): KeptDraft | null {
	if (text === null) return null;
	const kept = JSON.parse(text) as Partial<KeptDraft> | null;
	const whole = typeof kept?.kind === 'string' && typeof kept.id === 'string' && typeof kept.draft === 'object';
	return whole ? (kept as KeptDraft) : null;
}
