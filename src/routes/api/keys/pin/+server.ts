import { callFunction } from '$lib/server/backend/call-function.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';
import { putPin, tryPin } from '$lib/server/keys/pin.ts';

export const PUT = serveRoute('putPin', ({ arca, person, body }) => putPin(arca, person, body.verifier));

export const POST = serveRoute('tryPin', ({ arca, person, body }) => tryPin(arca, person, body.verifier));

export const DELETE = serveRoute('removePin', async ({ arca, person }) => {
	await callFunction(arca.backend, person, 'remove_pin', {});
	return null;
});
