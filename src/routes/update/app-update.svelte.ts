import { version } from '$app/environment';
import { updated } from '$app/state';
import { onOtherBuild } from '$lib/sync/server-build.ts';
import { mayReload } from '$lib/ui/before-reload.ts';
import { TAKE_OVER } from '../../service-worker/tab-answer.ts';
import { answerForTab, askTabs } from './tabs.ts';

/** Milliseconds between two looks of a page that stays open. */
const EVERY = 30 * 60_000;

/** Why the newer version was not brought: this page would lose something, or the tab of that title, or one is silent. */
export type Hindrance = 'here' | 'silent' | { readonly title: string };

/**
 * The version of the app that this page runs, and the next one. The service worker installs the next one whole beside
 * this one; it takes over when the person asks for it and no tab would lose anything, or when every tab is closed.
 */
export class AppUpdate {
	#ready = $state(false);
	#later = $state(false);
	#old = $state(false);
	#hindrance = $state.raw<Hindrance | null>(null);
	#asked = false;
	/** The worker of the newer version could not be installed: no room, or bytes that are not what they should be. */
	#uninstallable = false;
	#registration: ServiceWorkerRegistration | null = null;

	/** A newer version is there, and the person has not put it off. */
	get shown(): boolean {
		return this.#ready && (this.#old || !this.#later);
	}
	/** Another version has taken over already: this page is alone with what it has loaded, and cannot put it off. */
	get old(): boolean {
		return this.#old;
	}
	/** What stood in the way when the person asked for it. */
	get hindrance(): Hindrance | null {
		return this.#hindrance;
	}

	/** Registers the service worker, and looks for newer versions until the signal says stop. Never rejects. */
	async start(signal: AbortSignal): Promise<void> {
		const look = () => void this.look();
		const timer = setInterval(look, EVERY);
		const deaf = onOtherBuild(version, look);
		signal.addEventListener('abort', () => {
			clearInterval(timer);
			deaf();
		});
		// A chunk of this page's build is gone: most likely the server has another one by now.
		window.addEventListener('vite:preloadError', look, { signal });
		window.addEventListener('online', look, { signal });
		if (!('serviceWorker' in navigator)) return;
		this.#followController(signal);
		answerForTab(signal);
		try {
			this.#registration = await navigator.serviceWorker.register('/service-worker.js', { updateViaCache: 'none' });
			this.#watch(this.#registration, signal);
		} catch {
			// A private window, or no room: the app works from the network.
		}
		// What the browser found when it loaded the page may have failed before anybody watched.
		await this.look();
	}

	/** Asks the server whether there is a newer version. Never rejects. */
	async look(): Promise<void> {
		try {
			if (this.#registration) await this.#registration.update();
			else await this.#compare();
		} catch {
			// Not reached: there is nothing to say.
		}
	}

	/** Puts it off until another version is there. */
	postpone(): void {
		this.#later = true;
	}

	/** Loads every tab anew in the newer version, unless one would lose something: `hindrance` says which. */
	async reload(): Promise<void> {
		this.#hindrance = await this.#findHindrance();
		if (this.#hindrance !== null) return;
		this.#asked = true;
		const waiting = this.#registration?.waiting;
		// Once it has taken over, every tab hears of it.
		if (waiting) return waiting.postMessage(TAKE_OVER);
		// Without the old worker the page comes from the network; without a network it must stay.
		if (this.#uninstallable && (await updated.check())) await this.#registration?.unregister();
		location.reload();
	}

	async #findHindrance(): Promise<Hindrance | null> {
		if (!(await mayReload())) return 'here';
		const { waiting, active } = this.#registration ?? {};
		const worker = waiting ?? (this.#uninstallable ? active : null);
		if (!worker) return null;
		const { busy, silent } = await askTabs(worker);
		if (busy[0] !== undefined) return { title: busy[0] };
		return silent ? 'silent' : null;
	}

	#announce(): void {
		this.#ready = true;
		this.#later = false;
	}

	/** Asks the server itself, where no worker tells. */
	async #compare(): Promise<void> {
		if ((await updated.check()) && !this.#ready) this.#announce();
	}

	#watch(registration: ServiceWorkerRegistration, signal: AbortSignal): void {
		if (registration.waiting) this.#announce();
		const follow = () => {
			const next = registration.installing;
			let failed = true;
			const changed = () => {
				// The very first version replaces nothing, so nobody needs to hear of it.
				if (registration.active === null) return;
				if (next?.state === 'installed') {
					failed = this.#uninstallable = false;
					this.#announce();
				}
				if (next?.state === 'redundant' && failed) {
					this.#uninstallable = true;
					void this.#compare();
				}
			};
			next?.addEventListener('statechange', changed, { signal });
		};
		follow();
		registration.addEventListener('updatefound', follow, { signal });
	}

	#followController(signal: AbortSignal): void {
		const { serviceWorker } = navigator;
		let controlled = serviceWorker.controller !== null;
		const changed = () => {
			if (controlled || this.#asked) void this.#replaced();
			// The first worker may already be of a newer version than the page that asked for it.
			else void this.#compare();
			controlled = true;
		};
		serviceWorker.addEventListener('controllerchange', changed, { signal });
	}

	/** Another version has taken over. A tab with work that is kept nowhere stays, and says that it is old. */
	async #replaced(): Promise<void> {
		if (await mayReload()) return location.reload();
		this.#old = true;
		this.#announce();
	}
}
