import { createEntity } from '$lib/server/entities/create-entity.ts';
import { listEntities } from '$lib/server/entities/list-entities.ts';
import { serveRoute } from '$lib/server/http/serve-route.ts';

export const GET = serveRoute('listEntities', async ({ arca, person }) => ({
	entities: await listEntities(arca, person)
}));

export const POST = serveRoute('createEntity', async ({ arca, person, body }) => ({
	entities: [await createEntity(arca, person, body)]
}));
