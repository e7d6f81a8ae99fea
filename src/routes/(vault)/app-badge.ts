/** Shows a number on the installed app's icon, and none for 0; nothing where the system has no such thing. */
export function showBadge(count: number): void {
	if (!('setAppBadge' in navigator)) return;
	// Refused where the app is not installed: there is no icon then.
	navigator.setAppBadge(count).catch(() => undefined);
}
