import { callFunction } from '$lib/server/backend/call-function.ts';
import { updateEntity } from '$lib/server/entities/update-entity.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';

export const PATCH = serveRoute('updateEntity', async ({ arca, person, params, body }) => ({
	entities: [await updateEntity(arca, person, params.id, body)]
}));

export const DELETE = serveRoute('deleteEntity', async ({ arca, person, params }) => {
	await callFunction(arca.backend, person, 'delete_entity', { entity: params.id });
	return null;
});
