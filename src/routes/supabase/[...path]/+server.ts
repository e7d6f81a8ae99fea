import type { RequestHandler } from '@sveltejs/kit';
import { arca } from '$lib/server/arca.ts';
import { forward } from '$lib/server/forwarder/forward.ts';

const handle: RequestHandler = async (event) => forward(await arca(), event, `/${event.params.path}`);

export { handle as DELETE, handle as GET, handle as HEAD, handle as PATCH, handle as POST, handle as PUT };
