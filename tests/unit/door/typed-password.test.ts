import { expect, test } from 'vitest';
import { isTypedPassword, noteTyped } from '../../../src/lib/vault/session/typed-password.ts';

test('the sign-in password is recognised once it was typed in this visit, and no other text', async () => {
	expect(await isTypedPassword('six quiet words 4 Ana!')).toBe(false);
	await noteTyped('six quiet words 4 Ana!');
	expect(await isTypedPassword('six quiet words 4 Ana!')).toBe(true);
	expect(await isTypedPassword('six quiet words 4 Ana')).toBe(false);
	expect(await isTypedPassword('')).toBe(false);
	await noteTyped('another one 7 Ben!');
	expect(await isTypedPassword('six quiet words 4 Ana!'), 'changed since').toBe(false);
});
