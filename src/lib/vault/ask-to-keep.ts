import { askToPersist } from '../device/persistence.ts';
import type { SealedTexts } from './sealed-texts.ts';

/** Under this name the device notes that the browser was asked. */
const ASKED = 'persistence-asked';

/**
 * Asks the browser, once on this device, not to remove what Arca keeps when it needs room. Called after a save: then
 * there is something to lose. Never rejects; Settings tells what the browser said, and asks again when the person wants.
 */
export async function askToKeep(texts: SealedTexts): Promise<void> {
	try {
		if ((await texts.read(ASKED)) !== null) return;
		await texts.write(ASKED, new Date().toISOString());
		await askToPersist();
	} catch {
		// Signed out meanwhile, or no room left for the note: the next save asks.
	}
}
