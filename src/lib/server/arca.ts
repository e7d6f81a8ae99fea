import type { Backend } from './backend/backend.ts';
import type { Gate } from './forwarder/gate.ts';
import type { Meter } from './limits/meter.ts';
import type { Log } from './log.ts';
import type { Letters } from './mail/letters.ts';
import type { Settings } from './settings.ts';
import type { Prover } from './two-factor/prover.ts';
import type { SystemLayer } from './system-layer/index.ts';
import './canary.ts';

/** What is to be done once a request was answered: its log line says this beyond what the connection knows. */
export interface RequestNote {
	route?: string;
	user?: string;
	address?: string;
	/** Bytes that the answer is made of and nobody needs once it is out. */
	sent?: Uint8Array;
}

/** The running server: made once at the start, used by every request. */
export interface Arca {
	settings: Settings;
	backend: Backend;
	systemLayer: SystemLayer;
	/** Proves to the database what the server checked. */
	prover: Prover;
	meter: Meter;
	/** What the server itself writes to people; absent where no mail is set up. */
	letters?: Letters;
	/** What stands before the accounts of a backend in this process. */
	gate: Gate;
	log: Log;
	/** Notes for the log, by the request they are about. */
	notes: WeakMap<object, RequestNote>;
}

const place = Symbol.for('arca.server');
type Holder = { [place]?: Promise<Arca> };

/**
 * The running server. It stands on `globalThis`, because the built routes and our entry are separate bundles, and a
 * reload in development must not open the data folder twice.
 * @throws Error when nobody started it: the app was run by something else than `src/lib/server/entry.ts`.
 */
export function arca(): Promise<Arca> {
	const running = (globalThis as Holder)[place];
	if (!running) throw new Error('Arca was not started by its own entry: run npm start.');
	return running;
}

/** Starts the server with `boot`, unless it runs already. */
export function runArca(boot: () => Promise<Arca>): Promise<Arca> {
	const holder = globalThis as Holder;
	holder[place] ??= boot();
	return holder[place];
}
