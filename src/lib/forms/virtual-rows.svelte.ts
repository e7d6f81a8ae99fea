import { tick, untrack } from 'svelte';

interface Options {
	/** The element that holds the rows. */
	readonly list: () => HTMLElement | undefined;
	readonly count: () => number;
	readonly keyOf: (index: number) => string;
	/** A row's height in pixels before one was measured. */
	readonly estimate: number;
}

interface Row {
	readonly index: number;
	readonly key: string;
}

/** So many rows are drawn on either side of the screen, so that a flick of the thumb does not outrun them. */
const BEYOND = 12;
/** Height in pixels of the bars that stay at the top and bottom of a phone's screen, with some air. */
const COVERED = { top: 72, bottom: 88 };

/**
 * The rows of a long list that are on the screen or near it; the page itself scrolls. Every row is as high as any other,
 * so nothing is kept for those that are not drawn: 100,000 cost what 100 cost.
 */
export class VirtualRows {
	items = $state.raw<readonly Row[]>([]);
	/** Height in pixels of what is left out above and below. */
	above = $state(0);
	below = $state(0);
	readonly #options: Options;
	#height: number;

	/** Made while a component is set up: it follows that component's life. */
	constructor(options: Options) {
		this.#options = options;
		this.#height = options.estimate;
		$effect(() => {
			const update = () => this.#update();
			window.addEventListener('scroll', update, { passive: true });
			window.addEventListener('resize', update);
			return () => {
				window.removeEventListener('scroll', update);
				window.removeEventListener('resize', update);
			};
		});
		$effect(() => {
			// The keys are asked for too: another order of as many rows has to be drawn.
			options.keyOf(0);
			options.count();
			options.list();
			untrack(() => this.#update());
			// Now there are rows to measure.
			void tick().then(() => this.#update());
		});
	}

	/** Brings a row onto the screen and puts the focus on its link; an index below zero is no row. */
	async focus(index: number): Promise<void> {
		if (index < 0) return;
		this.#scrollTo(index);
		await tick();
		// The first rows drawn may have been estimated wrong.
		this.#scrollTo(index);
		await tick();
		this.#row(index)?.querySelector<HTMLElement>('a')?.focus({ preventScroll: true });
	}

	#row(index: number): HTMLElement | null {
		return this.#options.list()?.querySelector<HTMLElement>(`[data-index="${index}"]`) ?? null;
	}

	/** Scrolls as little as it takes to have a row clear of the bars. */
	#scrollTo(index: number): void {
		const list = this.#options.list();
		if (!list) return;
		const top = list.getBoundingClientRect().top + index * this.#height;
		const over = top - COVERED.top;
		const under = top + this.#height - (window.innerHeight - COVERED.bottom);
		const by = over < 0 ? over : Math.max(under, 0);
		if (by !== 0) window.scrollBy({ top: by, behavior: 'instant' });
		this.#update();
	}

	#update(): void {
		const list = this.#options.list();
		const count = this.#options.count();
		if (!list) return;
		this.#measure(list);
		const { top } = list.getBoundingClientRect();
		const seen = (y: number) => Math.floor((y - top) / this.#height);
		const last = Math.max(Math.min(count - 1, seen(window.innerHeight) + BEYOND), 0);
		const first = Math.min(Math.max(0, seen(0) - BEYOND), last);
		const items = Array.from({ length: count === 0 ? 0 : last - first + 1 }, (_, place) => ({
			index: first + place,
			key: this.#options.keyOf(first + place)
		}));
		const same =
			items.length === this.items.length &&
			items.every(({ index, key }, place) => {
				const drawn = this.items[place];
				return drawn?.index === index && drawn.key === key;
			});
		if (!same) this.items = items;
		this.above = first * this.#height;
		this.below = Math.max(count - 1 - last, 0) * this.#height;
	}

	/** Takes over the real height of the rows that are drawn, which another size of letters changes. */
	#measure(list: HTMLElement): void {
		const rows = list.querySelectorAll<HTMLElement>('[data-index]');
		const [first, last] = [rows[0], rows[rows.length - 1]];
		if (!first || !last) return;
		const height = (last.getBoundingClientRect().bottom - first.getBoundingClientRect().top) / rows.length;
		// The last row of all lacks its rule.
		if (Math.abs(height - this.#height) > 0.1 && height > 0) this.#height = height;
	}
}
