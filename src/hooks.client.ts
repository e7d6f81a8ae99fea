import type { HandleClientError } from '@sveltejs/kit';
// First of all: whatever speaks asks it for the language.
import '$lib/i18n/locale.svelte.ts';
import { DoorError } from '$lib/vault/session/door-error.ts';
import { installOffer } from './routes/update/install-offer.svelte.ts';

/** The addresses a script may be started from: our workers, as the build named them, and the service worker. */
const workers = import.meta.glob<string>(['./lib/**/*.worker.ts', '!./lib/server/**'], {
	query: '?worker&url',
	import: 'default',
	eager: true
});
const startable = new Set(
	[...Object.values(workers), '/service-worker.js'].map((path) => new URL(path, location.origin).href)
);

// With Trusted Types on, a plain string is refused wherever it could become script. This default policy makes the one
// exception; for HTML and script text there is none.
globalThis.trustedTypes?.createPolicy('default', {
	createScriptURL: (url) => (startable.has(new URL(url, location.origin).href) ? url : null)
});

installOffer.listen();

/** What the error page is told. The error itself goes to the console of the person's own browser, and nowhere else. */
export const handleError: HandleClientError = ({ error, status, message }) => {
	if (status !== 404) console.error(error);
	return { message, code: codeOf(error) ?? (status === 404 ? 'page/not-found' : 'page/unexpected') };
};

function codeOf(error: unknown): string | undefined {
	if (error instanceof DoorError) return error.code;
	const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
	return typeof code === 'string' && /^[a-z-]+\/[a-z-]+$/.test(code) ? code : undefined;
}
