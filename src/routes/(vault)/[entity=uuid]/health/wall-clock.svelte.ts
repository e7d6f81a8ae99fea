import { wallNow } from '$lib/kinds/index.ts';

/** What the clock on the wall says, to the minute; it goes on while the component lives that made it. */
export class WallClock {
	now = $state(wallNow());

	constructor() {
		$effect(() => {
			const look = (): void => {
				this.now = wallNow();
			};
			const timer = setInterval(look, 20_000);
			// A phone that slept through the night looks at once.
			document.addEventListener('visibilitychange', look);
			return () => {
				clearInterval(timer);
				document.removeEventListener('visibilitychange', look);
			};
		});
	}

	/** `YYYY-MM-DD` */
	get today(): string {
		return this.now.slice(0, 10);
	}
}
