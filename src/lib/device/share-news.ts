const CHANNEL = 'arca-shares';

/** Tells the app's pages that something was shared. What it is does not travel: who hears of it reads the device. */
export function tellShared(): void {
	const channel = new BroadcastChannel(CHANNEL);
	channel.postMessage('shared');
	channel.close();
}

/** Calls `hear` whenever something was shared; what it gives ends that. */
export function hearShared(hear: () => void): () => void {
	const channel = new BroadcastChannel(CHANNEL);
	channel.onmessage = hear;
	return () => channel.close();
}
