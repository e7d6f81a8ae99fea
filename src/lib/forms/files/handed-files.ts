import { vault } from '../../vault/vault.svelte.ts';

/** Files on the way from where they came into the app to the page that takes them. */
export interface HandedFiles {
	readonly files: readonly File[];
	/** To be called once they are kept there. */
	readonly taken: () => void;
}

/** In memory alone: what is left on the way is asked for again. */
let handed: (HandedFiles & { readonly path: string }) | null = null;
vault.whenForgotten(() => (handed = null));

/** Hands files to the page at a path, which is opened next. */
export function handFiles(path: string, files: readonly File[], taken: () => void): void {
	handed = { path, files, taken };
}

/** What was handed to this page, once. */
export function takeHanded(path = location.pathname): HandedFiles | null {
	const found = handed?.path === path ? handed : null;
	if (found) handed = null;
	return found;
}
