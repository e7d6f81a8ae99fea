import { expect, test } from 'vitest';
import { createApiClient } from '../../../src/lib/sync/api-client.ts';
import { onOtherBuild } from '../../../src/lib/sync/server-build.ts';

test('a page hears of a server of another build from its answers, once, and also of one it had missed', async () => {
	let build = 'ours';
	const client = createApiClient({
		accessToken: () => Promise.resolve('token'),
		fetch: () => Promise.resolve(Response.json({ entities: [] }, { headers: { 'arca-build': build } }))
	});
	const heard: string[] = [];
	const end = onOtherBuild('ours', () => heard.push('first'));
	await client.call('listEntities');
	expect(heard).toEqual([]);
	build = 'theirs';
	await client.call('listEntities');
	await client.call('listEntities');
	expect(heard).toEqual(['first']);
	const endSecond = onOtherBuild('ours', () => heard.push('second'));
	expect(heard).toEqual(['first', 'second']);
	end();
	endSecond();
	build = 'a third';
	await client.call('listEntities');
	expect(heard).toEqual(['first', 'second']);
});
