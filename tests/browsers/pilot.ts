/** What a person looks for on a page: a button, a link or a heading by its name, a field by its label, any text. */
export type Sought = 'button' | 'link' | 'heading' | 'field' | 'file' | 'text';

/** A browser with one page, driven as the walk needs it; each engine has its own way to be driven (see its file). */
export interface Pilot {
	readonly browser: string;
	open(url: string): Promise<void>;
	address(): Promise<string>;
	reload(): Promise<void>;
	click(sought: Sought, name: string): Promise<void>;
	/** Empties the field and types. */
	type(label: string, text: string): Promise<void>;
	/** Chooses in a list by the words that are shown, or by the value. */
	choose(label: string, option: string): Promise<void>;
	upload(path: string): Promise<void>;
	/** Waits until it is there. */
	sees(sought: Sought, name: string): Promise<void>;
	/** Runs a function of the page's own world, without anything from outside it, and gives what it promises. */
	run<T>(work: () => Promise<T> | T): Promise<T>;
	close(): Promise<void>;
}

/** How long a page may take for anything, in milliseconds: a machine under load starts an engine slowly. */
export const PATIENCE = 60_000;

/**
 * Finds what is sought among what is visible; runs inside the page, so it uses nothing from outside itself.
 * A name fits when it is the whole of what stands there; for links and text it may be a part.
 */
export function find(sought: Sought, name: string): Element | null {
	const words = (element: Element): string => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
	const shown = (element: Element): boolean => element.getClientRects().length > 0;
	const called = (element: Element): string => element.getAttribute('aria-label') ?? words(element);
	const first = (selector: string, fits: (element: Element) => boolean): Element | null =>
		[...document.querySelectorAll(selector)].find((element) => shown(element) && fits(element)) ?? null;

	/** Brought to the middle, is it what a hand would hit there? Something passing, such as a toast, may lie over it. */
	const hit = (element: Element): boolean => {
		element.scrollIntoView({ block: 'center' });
		const { x, y, width, height } = element.getBoundingClientRect();
		const top = document.elementFromPoint(x + width / 2, y + height / 2);
		return top !== null && element.contains(top);
	};

	if (sought === 'file') return document.querySelector('input[type=file]');
	if (sought === 'button') return first('button', (element) => called(element) === name && hit(element));
	if (sought === 'link') return first('a[href]', (element) => called(element).includes(name) && hit(element));
	if (sought === 'heading') return first('h1, h2, h3', (element) => words(element) === name);
	if (sought === 'field') {
		const named = first('input, select, textarea', (element) => element.getAttribute('aria-label') === name);
		if (named) return named;
		const label = first('label', (element) => words(element).split(' · ', 1)[0] === name);
		return label instanceof HTMLLabelElement ? label.control : null;
	}
	const holding = first('body *', (element) => element.children.length === 0 && words(element).includes(name));
	return holding ?? first('body *', (element) => element.children.length < 3 && words(element).includes(name));
}

/** Chooses an option of a list by its words or its value, and tells the page as a hand would. Runs inside the page. */
export function pick(element: Element, option: string): boolean {
	if (!(element instanceof HTMLSelectElement)) return false;
	const wanted = [...element.options].find(({ label, value }) => label.trim() === option || value === option);
	if (!wanted) return false;
	element.value = wanted.value;
	element.dispatchEvent(new Event('input', { bubbles: true }));
	element.dispatchEvent(new Event('change', { bubbles: true }));
	return true;
}

/** Looks again and again until `look` gives something; says what was missing when patience ends. */
export async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
	const end = performance.now() + PATIENCE;
	for (;;) {
		const found = await look().catch(() => null);
		if (found !== null) return found;
		if (performance.now() > end) throw new Error(`never there: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}
