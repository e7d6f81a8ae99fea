import {
	measureElement,
	observeWindowOffset,
	observeWindowRect,
	Virtualizer,
	windowScroll,
	type VirtualItem
} from '@tanstack/virtual-core';
import { tick, untrack } from 'svelte';

interface Options {
	/** The element that holds the rows. */
	readonly list: () => HTMLElement | undefined;
	readonly count: () => number;
	readonly keyOf: (index: number) => string;
	/** A row's height in pixels before it was measured. */
	readonly estimate: number;
}

/** The rows of a long list that are on the screen or near it; the page itself scrolls. */
export class VirtualRows {
	items = $state.raw<readonly VirtualItem[]>([]);
	/** Height in pixels of what is left out above and below. */
	above = $state(0);
	below = $state(0);
	readonly #options: Options;
	readonly #virtualizer: Virtualizer<Window, HTMLElement>;
	#margin = 0;

	/** Made while a component is set up: it follows that component's life. */
	constructor(options: Options) {
		this.#options = options;
		this.#virtualizer = new Virtualizer<Window, HTMLElement>(this.#settings());
		$effect(() => this.#virtualizer._didMount());
		$effect(() => {
			options.count();
			options.list();
			untrack(() => this.#update());
		});
	}

	/** For each row's element (`data-index` says which row): its real height is used from then on. */
	readonly measure = (element: HTMLElement): (() => void) => {
		this.#virtualizer.measureElement(element);
		return () => this.#virtualizer.measureElement(null);
	};

	/** Brings a row onto the screen and puts the focus on its link; an index below zero is no row. */
	async focus(index: number): Promise<void> {
		if (index < 0) return;
		const row = await this.#show(index);
		row?.querySelector<HTMLElement>('a')?.focus({ preventScroll: true });
	}

	/** Brings a row onto the screen and gives its element, once it is drawn. */
	async #show(index: number): Promise<HTMLElement | null> {
		this.#virtualizer.scrollToIndex(index, { align: 'auto' });
		for (let frame = 0; frame < 10; frame += 1) {
			await tick();
			const row = this.#options.list()?.querySelector<HTMLElement>(`[data-index="${index}"]`);
			if (row) return row;
			await new Promise((done) => requestAnimationFrame(done));
		}
		return null;
	}

	#settings() {
		return {
			count: this.#options.count(),
			getScrollElement: () => window,
			estimateSize: () => this.#options.estimate,
			getItemKey: this.#options.keyOf,
			overscan: 8,
			scrollMargin: this.#margin,
			// The bars that stay at the top and bottom of a phone's screen.
			scrollPaddingStart: 72,
			scrollPaddingEnd: 88,
			observeElementRect: observeWindowRect,
			observeElementOffset: observeWindowOffset,
			measureElement,
			scrollToFn: windowScroll,
			onChange: () => this.#update()
		};
	}

	#update(): void {
		const list = this.#options.list();
		// What is above the list may have grown: the filters, a notice. It does not while the page scrolls.
		if (list && !this.#virtualizer.isScrolling)
			this.#margin = Math.round(list.getBoundingClientRect().top + window.scrollY);
		this.#virtualizer.setOptions(this.#settings());
		this.#virtualizer._willUpdate();
		const items = this.#virtualizer.getVirtualItems();
		const first = items[0];
		const last = items.at(-1);
		this.items = items;
		this.above = first ? first.start - this.#margin : 0;
		this.below = last ? this.#virtualizer.getTotalSize() - (last.end - this.#margin) : 0;
	}
}
