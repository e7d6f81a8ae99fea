import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fromBase64url } from '../../../src/lib/crypto/base64url.ts';
import { randomBytes } from '../../../src/lib/crypto/bytes.ts';
import {
	checkInvitationProof,
	drawInvitationSecret,
	invitationLink,
	invitationToken,
	proveInvitation
} from '../../../src/lib/crypto/invitation.ts';
import type { Invitation } from '../../../src/lib/crypto/invitation.ts';
import { expectLaterRefusal, expectRefusal } from './refusals.ts';
import { entity, makeSignatory } from './roster-play.ts';

const [inviter, invitee, stranger] = [await makeSignatory(), await makeSignatory(), await makeSignatory()];
const secret = drawInvitationSecret();
const invitation: Invitation = {
	id: randomUUID(),
	entity,
	role: 'member',
	domains: ['health', 'chat'],
	roster: randomBytes(32)
};
const asInviter = { side: 'inviter' as const, identity: inviter.identity };
const asInvitee = { side: 'invitee' as const, identity: invitee.identity, inviter: inviter.identity };

describe('the two ends of an invitation', () => {
	test('prove their identities to each other with what the link carries', async () => {
		await checkInvitationProof(secret, invitation, asInviter, await proveInvitation(secret, invitation, asInviter));
		await checkInvitationProof(secret, invitation, asInvitee, await proveInvitation(secret, invitation, asInvitee));
	});

	test('find an identity that the server put in the place of either', async () => {
		const proof = await proveInvitation(secret, invitation, asInvitee);
		const substituted = [
			{ ...asInvitee, identity: stranger.identity },
			{ ...asInvitee, inviter: stranger.identity }
		];
		for (const prover of substituted)
			await expectLaterRefusal('crypto/signature', checkInvitationProof(secret, invitation, prover, proof));
		const forged = await proveInvitation(drawInvitationSecret(), invitation, {
			...asInviter,
			identity: stranger.identity
		});
		const claimed = { ...asInviter, identity: stranger.identity };
		await expectLaterRefusal('crypto/signature', checkInvitationProof(secret, invitation, claimed, forged));
		await expect(checkInvitationProof(secret, invitation, asInvitee, proof)).resolves.toBeUndefined();
	});

	test('mean the same: another role, domain, order, entity, roster or invitation is not what was proved', async () => {
		const proof = await proveInvitation(secret, invitation, asInviter);
		const others: Partial<Invitation>[] = [
			{ role: 'owner' },
			{ domains: ['health'] },
			{ domains: ['chat', 'health'] },
			{ entity: randomUUID() },
			{ roster: randomBytes(32) },
			{ id: randomUUID() }
		];
		for (const other of others)
			await expectLaterRefusal(
				'crypto/signature',
				checkInvitationProof(secret, { ...invitation, ...other }, asInviter, proof)
			);
		for (let at = 0; at < 32; at++)
			await expectLaterRefusal(
				'crypto/signature',
				checkInvitationProof(secret, invitation, asInviter, proof.with(at, (proof[at] ?? 0) ^ 1))
			);
		await expect(checkInvitationProof(secret, invitation, asInviter, proof)).resolves.toBeUndefined();
	});
});

test('the link carries the secret behind # and the token tells nothing of it', async () => {
	const link = new URL(invitationLink(invitation.id, secret), 'https://vault.example');
	expect(link.pathname).toBe(`/invite/${invitation.id}`);
	expect(fromBase64url(link.hash.slice(1))).toEqual(secret);
	expect(link.search).toBe('');
	const token = await invitationToken(secret);
	expect(token).toHaveLength(32);
	expect(Buffer.from(token).includes(Buffer.from(secret))).toBe(false);
	expect(await invitationToken(drawInvitationSecret())).not.toEqual(token);
});

test('a secret that is not sixteen bytes is not used', async () => {
	for (const size of [0, 15, 17, 32]) {
		expectRefusal('crypto/input', () => invitationLink(invitation.id, new Uint8Array(size)));
		await expectLaterRefusal('crypto/input', invitationToken(new Uint8Array(size)));
		await expectLaterRefusal('crypto/input', proveInvitation(new Uint8Array(size), invitation, asInviter));
	}
	const short = { ...invitation, roster: randomBytes(31) };
	await expectLaterRefusal('crypto/input', proveInvitation(secret, short, asInviter));
});
