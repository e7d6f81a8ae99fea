/**
 * What pages and the service worker say to each other about a newer version. The two may be of different versions: the
 * meaning of a word never changes.
 */

/** A page to the worker, with a port for a TabsAnswer: may every tab be loaded anew? */
export const ASK_TABS = 'ask-tabs';
/** A page to the waiting worker: replace the running version now. */
export const TAKE_OVER = 'take-over';
/** The worker to a page, with a port for a TabAnswer: would loading you anew lose anything? */
export const MAY_RELOAD = 'may-reload';

/** What one tab answers. */
export interface TabAnswer {
	/** Nothing would be lost. */
	readonly may: boolean;
	/** The title of its page. */
	readonly title: string;
}

/** What all tabs together answer. */
export interface TabsAnswer {
	/** Titles of those that would lose something. */
	readonly busy: readonly string[];
	/** At least one said nothing: it is still starting, or the browser has put it to sleep. */
	readonly silent: boolean;
}
