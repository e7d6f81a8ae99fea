import type { Asker } from './code-tries.ts';
import type { Visit } from './visit.ts';

/** Who this is to an account: a device that signed in to it before, or anybody at that address. */
export function askerOf({ server, request, prefix, secure }: Visit, email: string): Asker {
	const device = server.gate.devices.known(email, request.headers.get('cookie'), secure);
	return { id: device ?? prefix, known: device !== undefined };
}
