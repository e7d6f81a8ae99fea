import { version } from '$app/environment';
import { updated } from '$app/state';
import { onOtherBuild } from '$lib/sync/server-build.ts';
import { keepWork } from '$lib/ui/before-reload.ts';

/** Milliseconds between two looks of a page that stays open. */
const EVERY = 30 * 60_000;

/**
 * The version of the app that this page runs, and the next one. The service worker installs the next one whole beside
 * this one; it takes over when the person asks for it, or when every tab is closed, and never by itself.
 */
export class AppUpdate {
	#ready = $state(false);
	#asked = false;
	#registration: ServiceWorkerRegistration | null = null;

	/** A newer version is there: loading the page anew brings it. */
	get ready(): boolean {
		return this.#ready;
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
		try {
			this.#registration = await navigator.serviceWorker.register('/service-worker.js', { updateViaCache: 'none' });
			this.#watch(this.#registration, signal);
		} catch {
			// A private window, or no room: the app works from the network.
		}
	}

	/** Asks the server whether there is a newer version. Never rejects. */
	async look(): Promise<void> {
		try {
			if (this.#registration) await this.#registration.update();
			else if (await updated.check()) this.#ready = true;
		} catch {
			// Not reached: there is nothing to say.
		}
	}

	/** Lets every tab keep what was typed, and loads them all anew in the newer version. */
	async reload(): Promise<void> {
		this.#asked = true;
		await keepWork();
		const waiting = this.#registration?.waiting;
		// Once it has taken over, every tab hears of it.
		if (waiting) waiting.postMessage('take-over');
		else location.reload();
	}

	#watch(registration: ServiceWorkerRegistration, signal: AbortSignal): void {
		if (registration.waiting) this.#ready = true;
		const follow = (next: ServiceWorker | null) =>
			next?.addEventListener('statechange', () => this.#installed(registration, next), { signal });
		follow(registration.installing);
		registration.addEventListener('updatefound', () => follow(registration.installing), { signal });
	}

	/** The very first version replaces nothing, so nobody needs to hear of it. */
	#installed(registration: ServiceWorkerRegistration, next: ServiceWorker): void {
		if (next.state === 'installed' && registration.active) this.#ready = true;
	}

	#followController(signal: AbortSignal): void {
		const { serviceWorker } = navigator;
		let controlled = serviceWorker.controller !== null;
		const changed = () => {
			if (controlled || this.#asked) void this.#replaced();
			// The first worker may already be of a newer version than the page that asked for it.
			else void updated.check().then((newer) => (this.#ready ||= newer));
			controlled = true;
		};
		serviceWorker.addEventListener('controllerchange', changed, { signal });
	}

	/** Another version has taken over. A tab with work that is kept nowhere stays, and says that it is old. */
	async #replaced(): Promise<void> {
		if (this.#asked || (await keepWork())) location.reload();
		else this.#ready = true;
	}
}
