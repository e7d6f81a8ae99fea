import { expect, test } from 'vitest';
import { sessionTurn } from '../../../src/lib/vault/session-turn.ts';
import type { SessionChange } from '../../../src/lib/vault/session-turn.ts';

const ana: SessionChange = { owner: 'ana', user: 'ana', ended: null, unsaved: true };

test('the person stays on their own page, whatever was renewed', () => {
	expect(sessionTurn(ana)).toBe('stay');
	expect(sessionTurn({ ...ana, owner: null })).toBe('stay');
});

test('whoever signs out leaves at once', () => {
	expect(sessionTurn({ ...ana, user: null })).toBe('leave');
});

test('a session that ends by itself takes no unsaved work with it unasked', () => {
	expect(sessionTurn({ ...ana, user: null, ended: 'ended' })).toBe('ask');
	expect(sessionTurn({ ...ana, user: null, ended: 'ended', unsaved: false })).toBe('leave');
});

test('a device whose session was revoked leaves at once, whatever is typed there', () => {
	expect(sessionTurn({ ...ana, user: null, ended: 'revoked' })).toBe('leave');
});

test('somebody else starts over, however much the one before left unsaved', () => {
	expect(sessionTurn({ ...ana, user: 'ben' })).toBe('start-over');
});
