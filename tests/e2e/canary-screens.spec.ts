// Row 2 of the attacks: what was opened makes no request, be it for an icon, a preview or what stands behind a link.
import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from '../stage/browser-test.ts';
import type { Field } from '../../src/lib/kinds/field.ts';
import { kinds } from '../../src/lib/kinds/registry.ts';
import { searchFor } from '../secrets/find-secrets.ts';
import type { Secret } from '../secrets/spellings.ts';
import { visit } from '../secrets/visit.ts';
import { atHome } from './at-home.ts';
import { turnOnEncryption, unlock } from './encryption-steps.ts';

/** What nothing else says: an address, as whoever wants a request would have it. */
const canary = (secrets: Secret[], name: string): string => {
	const value = `https://${randomBytes(6).toString('hex')}.example/icon.png`;
	secrets.push({ name, value });
	return value;
};

/** Something in a field that may be there; undefined where it takes another record, or an amount that others must fit. */
function valueOf(field: Field, text: () => string): unknown {
	switch (field.type) {
		case 'text':
		case 'long-text':
			return text();
		case 'tags':
			return [text()];
		case 'choice':
			return field.open ? text() : field.options[0]?.key;
		case 'date':
			return '2026-03-01';
		case 'date-time':
			return field.floating ? '2026-03-01T09:30' : '2026-03-01T09:30:00Z';
		case 'money':
			return { minor: 123_456, currency: 'EUR' };
		default:
			return undefined;
	}
}

test('no request holds what stands in any field of any kind, in any spelling, whichever screen shows it', async ({
	page,
	baseURL
}) => {
	test.setTimeout(600_000);
	const { entity, api } = await atHome(page, baseURL);
	const secrets: Secret[] = [];
	const records: { kind: (typeof kinds)[number]; id: string; seen: string }[] = [];
	for (const kind of kinds) {
		const first = secrets.length;
		const values = Object.entries(kind.fields).map(([key, field]) => [
			key,
			valueOf(field, () => canary(secrets, `${key} of ${kind.name}`))
		]);
		const body = {
			kind: kind.name,
			version: kind.version,
			values: Object.fromEntries(values) as Record<string, unknown>,
			meta: { at: '2026-03-01T09:30:00.000Z' }
		};
		const [id = ''] = await api.write(entity, [body], kind.domain);
		records.push({ kind, id, seen: secrets[first]?.value as string });
	}
	const { phrase } = await turnOnEncryption(page);
	await page.goto(`/${entity}`);
	await unlock(page, phrase);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible({ timeout: 60_000 });

	const search = searchFor(secrets);
	const requests: string[] = [];
	page.context().on('request', (request) => {
		const headers = Object.entries(request.headers()).map((pair) => pair.join(': '));
		requests.push([request.method(), request.url(), ...headers, request.postData() ?? ''].join('\n'));
	});
	const planted = `${randomUUID()}=${encodeURIComponent(String(secrets[0]?.value))}`;
	await page.evaluate((query) => fetch(`/api/health?${query}`), planted);
	expect(
		requests.flatMap((one) => search(one)),
		'a planted one is found'
	).not.toEqual([]);
	requests.length = 0;

	let shown = 0;
	for (const { kind, id, seen } of records) {
		const list = `/${entity}/${kind.domain}/${kind.name}`;
		for (const path of [list, `${list}/${id}`, `${list}/${id}/versions`]) {
			await visit(page, path);
			await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
		}
		await visit(page, `${list}/${id}`);
		if (seen && (await page.getByRole('main').innerHTML()).includes(seen.slice(8, 20))) shown++;
	}
	await visit(page, `/${entity}`);
	await visit(page, `/${entity}/health/emergency`);
	expect(shown, 'what is looked for was on screens').toBeGreaterThan(kinds.length / 2);
	expect(requests.length).toBeGreaterThan(0);
	expect(requests.flatMap((one) => search(one))).toEqual([]);
});
