/** Chromium's event of that name, which the compiler's library does not know. */
interface BeforeInstallPrompt extends Event {
	prompt(): Promise<void>;
	readonly userChoice: Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

/** The browser's offer to install the app, kept until the person looks for it in Settings: it is never pushed on them. */
class InstallOffer {
	#event = $state.raw<BeforeInstallPrompt | null>(null);

	/** Whether the browser would install the app now. */
	get open(): boolean {
		return this.#event !== null;
	}

	/** Keeps the offer whenever the browser makes one. It may come before any page is drawn. */
	listen(): void {
		window.addEventListener('beforeinstallprompt', (event) => {
			event.preventDefault();
			this.#event = event as BeforeInstallPrompt;
		});
		window.addEventListener('appinstalled', () => (this.#event = null));
	}

	/** Has the browser ask; an offer can be taken up once. Call it from a click. */
	async take(): Promise<'accepted' | 'dismissed'> {
		const event = this.#event;
		if (!event) return 'dismissed';
		await event.prompt();
		const { outcome } = await event.userChoice;
		this.#event = null;
		return outcome;
	}
}

export const installOffer = new InstallOffer();
