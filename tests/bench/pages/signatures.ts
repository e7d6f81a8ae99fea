/** The channel on which the page tells the bench's key worker whether signatures are made. */
export const SIGNATURES = 'signatures';

const channel = new BroadcastChannel(SIGNATURES);

/** Has the worker make and verify signatures, or do as if it had. */
export function makeSignatures(are: boolean): Promise<unknown> {
	const set = new Promise((done) => channel.addEventListener('message', done, { once: true }));
	channel.postMessage(are);
	return set;
}
