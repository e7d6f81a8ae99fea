let awake = $state(false);

/**
 * Whether the app has taken over the page. A prerendered page is there before: what is pressed then would be lost in
 * silence, and a form would be sent by the browser, with what was typed in its address. Its buttons wait for this.
 */
export const app = {
	get awake(): boolean {
		return awake;
	},
	/** Called once, by the outermost layout. */
	wake(): void {
		awake = true;
	}
};
