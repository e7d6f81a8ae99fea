import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { expect } from 'vitest';
import type { Domain } from '../../../src/lib/access/domains.ts';
import type { Role } from '../../../src/lib/access/roles.ts';
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { checkInvitationProof, invitationToken, proveInvitation } from '../../../src/lib/crypto/invitation.ts';
import type { Invitation, Prover } from '../../../src/lib/crypto/invitation.ts';
import { Cast, fromHexText } from './cast.ts';
import { text, vectorNamed } from './vectors.ts';
import type { Vector } from './vectors.ts';

const cast = new Cast('invitation');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytesOf = (vector: Vector, input: string): Bytes => fromHexText(text(vector, input));

function invitationOf(vector: Vector): Invitation {
	return {
		id: text(vector, 'invitation'),
		entity: text(vector, 'entity'),
		role: text(vector, 'role') as Role,
		domains: vector['domains'] as Domain[],
		roster: bytesOf(vector, 'rosterHash')
	};
}

function proverOf(vector: Vector): Prover {
	const { identity } = cast.actor(text(vector, 'identity'));
	if (text(vector, 'side') === 'inviter') return { side: 'inviter', identity };
	return { side: 'invitee', identity, inviter: cast.actor(text(vector, 'inviter')).identity };
}

/** The proof key is never given out, so what it proves is held against an HMAC with the vector's own. */
async function secret(vector: Vector): Promise<void> {
	const token = await invitationToken(bytesOf(vector, 'secret'));
	const proofKey = Buffer.from(hkdfSync('sha256', bytesOf(vector, 'secret'), '', 'arca/1 invite proof', 32));
	const tokenHash = createHash('sha256').update(token).digest('hex');
	expect({ token: hex(token), tokenHash, proofKey: hex(proofKey) }).toEqual(vector.expect);
	const { identity } = cast.actor('inviter');
	const invitation = invitationOf(vectorNamed('invitation', 'inviter 0'));
	const idBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');
	const proof = createHmac('sha256', proofKey)
		.update(
			Buffer.concat([Buffer.from('arca/1 invite\0inviter\0'), idBytes(invitation.id), idBytes(invitation.entity)])
		)
		.update(Buffer.concat([Buffer.from('member\0health,chat\0'), invitation.roster, identity.kem, identity.sign]));
	const proved = await proveInvitation(bytesOf(vector, 'secret'), invitation, { side: 'inviter', identity });
	expect(hex(proved)).toBe(proof.digest('hex'));
}

const check = async (vector: Vector): Promise<void> =>
	checkInvitationProof(bytesOf(vector, 'secret'), invitationOf(vector), proverOf(vector), bytesOf(vector, 'proof'));

export const invitationRunners = {
	secret,
	proof: async (vector: Vector): Promise<void> => {
		const proof = await proveInvitation(bytesOf(vector, 'secret'), invitationOf(vector), proverOf(vector));
		expect(hex(proof)).toBe(vector.expect);
	},
	check: async (vector: Vector): Promise<void> => {
		const good = vector.expect === 'refuse' ? vectorNamed('invitation', `${text(vector, 'side')}: holds`) : vector;
		if (vector.expect === 'refuse') await expect(check(vector)).rejects.toMatchObject({ code: 'crypto/signature' });
		await expect(check(good)).resolves.toBeUndefined();
	}
};
