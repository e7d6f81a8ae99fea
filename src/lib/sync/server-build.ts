import { BUILD_HEADER } from '../api/build.ts';

/** The build of the server that answered last; null before the first answer. */
let served: string | null = null;
const listeners = new Set<(build: string) => void>();

/** Notes which build answered. */
export function noteBuild(headers: Headers): void {
	const build = headers.get(BUILD_HEADER);
	if (build === null || build === served) return;
	served = build;
	for (const listener of listeners) listener(build);
}

/**
 * Calls `listener` whenever an answer comes from a server of another build than `own`: this page is then older than what
 * it talks to, or newer. Also at once, if that has been seen already.
 * @returns what ends it
 */
export function onOtherBuild(own: string, listener: () => void): () => void {
	const look = (build: string) => {
		if (build !== own) listener();
	};
	listeners.add(look);
	if (served !== null) look(served);
	return () => listeners.delete(look);
}
