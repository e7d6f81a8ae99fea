import { SIGNATURES } from './signatures-channel.ts';
import type { Told } from './signatures-channel.ts';
import { timed } from './timed.ts';

const channel = new BroadcastChannel(SIGNATURES);

function tell(what: Told): Promise<unknown> {
	const done = new Promise((resolve) => channel.addEventListener('message', resolve, { once: true }));
	channel.postMessage(what);
	return done;
}

/** Has the worker make and verify signatures, or do as if it had. */
export function makeSignatures(are: boolean): Promise<unknown> {
	return tell(are);
}

/** What takes place with signatures; there are none after it. */
export async function withSignatures<Result>(work: () => Promise<Result>): Promise<Result> {
	await makeSignatures(true);
	return work().finally(() => makeSignatures(false));
}

/** `timed` of what the worker does: it has nothing from before to collect either. */
export async function timedInWorker(work: () => Promise<unknown>): Promise<number> {
	await tell('collect');
	return timed(work);
}
