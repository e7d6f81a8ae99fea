import { isDeepStrictEqual } from 'node:util';
import type { PullAnswer, Record as RecordRow } from '../../../src/lib/api/record.ts';
import { AccountDatabase } from '../../../src/lib/device/account-database.ts';
import { Device } from './device.ts';
import type { Body } from './model.ts';
import type { Page } from './page.ts';
import type { Stage } from './stage.ts';
import { LAYERED } from './user-layer.ts';

/** What of a row must be the same everywhere. */
type Told = Pick<RecordRow, 'id' | 'rev' | 'seq' | 'state' | 'plain' | 'generation'>;

/**
 * Holds what every page shows, what pages opened anew from disk show, and what a new device pulls, against what the
 * server has. Nothing may wait, be refused or be reported, but an edit that met a deletion.
 */
export async function compareDevices(
	stage: Stage,
	devices: readonly Device[]
): Promise<{ final: Map<string, Body>; wrong: string[] }> {
	const [first] = devices;
	if (!first) throw new Error('there is no device');
	const server = await pullServer(stage, first);
	const wrong: string[] = [];
	const check = (name: string, page: Page) => {
		wrong.push(...differences(server, page).map((text) => `${name}: ${text}`));
		for (const { id, state, refusal } of page.replica.waiting)
			wrong.push(`${name}: ${id} ${state} ${refusal?.reason ?? ''}`);
		for (const { what, record } of page.replica.reports)
			if (what !== 'edit-in-bin') wrong.push(`${name}: reports ${what} of ${record}`);
		if (!page.replica.pulled) wrong.push(`${name}: was never pulled whole`);
	};
	for (const [number, device] of devices.entries()) {
		for (const page of device.pages) {
			await page.replica.catchUp();
			check(`device ${number}`, page);
		}
		check(`device ${number} reopened`, await device.openPage());
	}
	const fresh = new Device(stage, first.entity, first.account, first.chance, first.layer);
	first.layer?.keysOf(fresh.known).accept();
	fresh.wire.trouble = 0;
	const page = await fresh.openPage();
	await stage.ask(() => page.replica.sync());
	check('a new device', page);
	for (const device of [...devices, fresh]) {
		for (const one of device.pages) await one.rest();
		if (device.layer) wrong.push(...(await searchDevice(device)));
	}
	wrong.push(...(first.layer?.wrong ?? []));
	return { final: new Map([...server.values()].map(({ id, plain }) => [id, plain as Body])), wrong };
}

function differences(server: ReadonlyMap<string, Told>, page: Page): string[] {
	const wrong: string[] = [];
	if (page.shown.size !== server.size) wrong.push(`shows ${page.shown.size} records of ${server.size}`);
	for (const row of server.values()) {
		const shown = page.shown.get(row.id);
		if (!shown || !isDeepStrictEqual(told(shown), told(row)))
			wrong.push(`differs: ${JSON.stringify(shown && told(shown))} from ${JSON.stringify(told(row))}`);
		if (!isDeepStrictEqual(shown, page.replica.record(row.id))) wrong.push(`${row.id} was not shown as it stands`);
	}
	return wrong;
}

function told({ id, rev, seq, state, plain, generation }: Told): Told {
	return { id, rev, seq, state, plain, generation };
}

/** Whatever is kept of the domain with the user layer must be sealed under the person's own key as well. */
async function searchDevice({ database }: Device): Promise<string[]> {
	const kept = await AccountDatabase.open(database);
	const rows = [...(await kept.pages.toArray()), ...(await kept.outbox.toArray())];
	kept.close();
	const bare = rows.filter(({ domain, layered }) => domain === LAYERED && !layered);
	return bare.map(({ entity }) => `a device keeps ${entity} as it was before the user layer`);
}

/** What the server has, asked by a client that shares no code with the app. */
async function pullServer(stage: Stage, { entity, layer }: Device): Promise<Map<string, RecordRow>> {
	const body = { entity, after: { finances: '0', health: '0' }, limit: 1000 };
	const { records } = await stage.ask((token) =>
		stage.client.must<PullAnswer>('POST', '/api/records/pull', { body, token })
	);
	const opened = layer ? await layer.open(records) : records;
	const rows = new Map(opened.map((record) => [record.id, record]));
	if (rows.size !== records.length) throw new Error('the server gives a record twice');
	return rows;
}
