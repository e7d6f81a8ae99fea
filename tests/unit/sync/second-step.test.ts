import { expect, test } from 'vitest';
import { createApiClient } from '../../../src/lib/sync/api-client.ts';
import { secondStep } from '../../../src/lib/vault/second-step/second-step.svelte.ts';
import { body } from './bodies.ts';
import { uuid } from './changes.ts';
import { problem } from './fake-server.ts';
import { openReplica } from './open-replica.ts';
import { ToyServer } from './toy-server.ts';

/** A client whose server answers with these problems, one after another, and then as asked. */
function clientOf(...codes: string[]) {
	const client = createApiClient({
		accessToken: () => Promise.resolve('token'),
		pause: () => Promise.resolve(),
		stepAsked: (code, careful) => secondStep.ask(code, careful),
		fetch: () => {
			const code = codes.shift();
			return Promise.resolve(code ? problem(403, code) : new Response(null, { status: 204 }));
		}
	});
	return client.call('deleteEntity', { params: { id: 'e' } });
}
const list = () => {
	const fetch = () => Promise.resolve(problem(403, 'session/second-step'));
	const stepAsked = (code: string, careful: boolean) => secondStep.ask(code, careful);
	return createApiClient({ accessToken: () => Promise.resolve('token'), fetch, stepAsked }).call('listEntities');
};

test('what somebody waits for goes again once the second step was shown', async () => {
	const work = clientOf('session/fresh-step');
	await expect.poll(() => [secondStep.needed, secondStep.open]).toEqual(['fresh', true]);
	secondStep.shown();
	expect(await work).toBeNull();
	expect([secondStep.needed, secondStep.open]).toEqual(['no', false]);
});

test('put off, it is refused, and nothing is asked of what comes after', async () => {
	const work = clientOf('session/fresh-step');
	await expect.poll(() => secondStep.open).toBe(true);
	secondStep.putOff();
	await expect(work).rejects.toMatchObject({ code: 'session/fresh-step' });
	expect(secondStep.needed).toBe('no');
});

test('refused once more, it is asked for once and no more', async () => {
	const work = clientOf('session/fresh-step', 'session/fresh-step');
	await expect.poll(() => secondStep.open).toBe(true);
	secondStep.shown();
	await expect(work).rejects.toMatchObject({ code: 'session/fresh-step' });
});

test('what goes on in the background does not wait, asks once, and is asked again by the person', async () => {
	await expect(list()).rejects.toMatchObject({ code: 'session/second-step', passing: true });
	expect([secondStep.needed, secondStep.open]).toEqual(['second', true]);
	secondStep.putOff();
	await expect(list()).rejects.toMatchObject({ code: 'session/second-step' });
	expect([secondStep.needed, secondStep.open]).toEqual(['second', false]);
	secondStep.comeBack();
	expect(secondStep.open).toBe(true);
	secondStep.reached();
	expect([secondStep.needed, secondStep.open]).toEqual(['no', false]);
});

test('a change is not refused by it: it waits, and goes as it is once the second step was shown', async () => {
	const id = uuid(1);
	const server = new ToyServer();
	server.write({ id, plain: body({ note: 'o' }) });
	const { replica } = await openReplica(server);
	await replica.sync();
	const code = 'session/second-step';
	server.meet = () => problem(403, code);
	await replica.save([{ id, domain: 'finances', body: body({ note: 'a' }) }]);
	await expect(replica.sync()).rejects.toMatchObject({ code, passing: true });
	expect(replica.waiting).toMatchObject([{ state: 'waiting' }]);
	server.meet = () => null;
	await replica.sync();
	expect([replica.waiting, server.rows.get(id)?.rev]).toEqual([[], '2']);
});
