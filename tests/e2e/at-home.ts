import type { Page } from '@playwright/test';
import { passwordBytes } from '../../src/lib/crypto/root-key.ts';
import { Keyring } from '../../src/lib/keys/keyring.ts';
import { expect } from '../stage/browser-test.ts';
import { newcomer, signIn, type Newcomer } from '../stage/newcomer.ts';
import { realArgon2 } from '../unit/keys/quick-argon2.ts';
import { unlock, type KeptSecrets } from './encryption-steps.ts';
import { newPersonApi } from './person-api.ts';
import type { PersonApi } from './person-api.ts';

/** A new person with one entity, and the interface to fill it by. */
interface AtHome {
	api: PersonApi;
	entity: string;
	person: Newcomer;
}

/** An encryption password that follows the rules, and does not sign in. */
const PHRASE = 'Sail-lantern 41 orchard velvet';

/** Account and entity are made beside the browser: the screens for it have specs of their own. */
async function newPerson(baseURL: string): Promise<AtHome> {
	const person = newcomer();
	const api = await newPersonApi(baseURL, person);
	return { api, entity: await api.createEntity('Casa Ribera'), person };
}

/**
 * A new person with one entity, signed in and on its Home.
 * @param fill what is in the entity before the browser first sees it
 * @param origin where the browser signs in, where that is not the server itself: '' is the test's own base
 */
export async function atHome(
	page: Page,
	baseURL = '',
	fill: (made: AtHome) => Promise<unknown> = () => Promise.resolve(),
	origin = baseURL
): Promise<AtHome> {
	const made = await newPerson(baseURL);
	await fill(made);
	await signIn(page, made.person, `/${made.entity}`, origin);
	await page.waitForURL(`**/${made.entity}`);
	return made;
}

/**
 * A new person with one entity and user encryption, signed in and unlocked on the page of Security, where health has key
 * number 1. The keys are drawn by the key worker's own code and at its cost, and put as the app puts them; the screens
 * that turn user encryption on have specs of their own.
 */
export async function atSecurity(page: Page, baseURL = ''): Promise<AtHome & KeptSecrets> {
	const made = await newPerson(baseURL);
	const asked = { user: made.api.user, password: passwordBytes(PHRASE), entities: [made.entity] };
	const { put, recoveryCode } = await new Keyring(realArgon2).turnOn(asked);
	await made.api.putKeys(put);
	await signIn(page, made.person, '/settings/security', baseURL);
	await unlock(page, PHRASE);
	await expect(page.getByRole('heading', { name: 'Security', exact: true })).toBeVisible();
	await expect(page.getByText(/Under your key, number 1/).first()).toBeVisible();
	return { ...made, phrase: PHRASE, code: recoveryCode };
}
