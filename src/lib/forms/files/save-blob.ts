/** Milliseconds after which a browser has begun to save what it was given. */
const SAVED_AFTER = 60_000;

/** Hands bytes to the browser, which saves them on the person's device. @param name the file's own */
export function saveBlob(blob: Blob, name: string): void {
	const url = URL.createObjectURL(blob);
	Object.assign(document.createElement('a'), { href: url, download: name }).click();
	setTimeout(() => URL.revokeObjectURL(url), SAVED_AFTER);
}
