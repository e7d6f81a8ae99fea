import { createContext } from 'svelte';
import type { Domain } from '../api/ids.ts';
import type { Kind, NumberRange } from '../kinds/index.ts';
import type { Draft } from './draft.ts';

/** A record a reference can point to. */
export interface Candidate {
	readonly id: string;
	readonly title: string;
}

/** What the parts of a form need from it. All of it is reactive. */
export interface FormContext {
	/** For numbers, money and dates. */
	readonly locale: string;
	readonly draft: Draft;
	/** The sentence for what is wrong at a place, such as `splits.1.amount`. */
	errorOf(path: string): string | undefined;
	/** Says that a place was changed, so that its sentence goes away. */
	edited(path: string): void;
	/** The records of these kinds one can point to; the one pointed to now is among them as long as it is there. */
	candidates(kinds: readonly string[], chosen: string): Candidate[];
	nameOf(id: string): string | undefined;
	/** What other records of the kind have in a text field, most frequent first. */
	wordsOf(key: string): string[];
	/** Currency codes, those in use here first. */
	readonly currencies: readonly string[];
	/** The currency a field's amount starts with, from the field it depends on. */
	currencyFor(field: { readonly currencyOf?: string }): string;
	/** The unit a blank number starts with: the one such numbers had last, else the one that is usual where the person is. */
	unitFor(key: string, range: NumberRange): string;
	/** Those of these kinds of which the person may make a record in place. */
	addable(kinds: readonly string[]): readonly Kind[];
	readonly entity: string;
	/** Where the record belongs. */
	readonly domain: Domain;
}

export const [getForm, setForm] = createContext<FormContext>();
