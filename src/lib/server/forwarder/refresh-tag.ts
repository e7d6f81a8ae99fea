import { createHmac, timingSafeEqual } from 'node:crypto';

/** `.` and 32 bytes in base64url. */
const TAGGED = /^(.+)\.([\w-]{43})$/s;

/**
 * Makes refresh tokens that nobody guesses out of those of the backend, which have 74 bits of chance: each goes out with
 * a tag (HMAC-SHA-256), and is handed on without it only where the tag holds. Whoever reads the database alone has no
 * token that is good for anything.
 */
export interface RefreshTags {
	/** The backend's answer with its refresh token tagged; as it is where it has none. */
	tagIn(text: string): string;
	/** The backend's own token; undefined where the tag is not ours. */
	open(token: string): string | undefined;
}

/** @param secret what the tags' key is derived from. */
export function createRefreshTags(secret: string): RefreshTags {
	const key = createHmac('sha256', secret).update('arca/1 refresh token').digest();
	const tagOf = (token: string) => createHmac('sha256', key).update(token).digest();
	return {
		tagIn(text) {
			const answer = JSON.parse(text) as { refresh_token?: unknown };
			const { refresh_token: token } = answer;
			if (typeof token !== 'string') return text;
			return JSON.stringify({ ...answer, refresh_token: `${token}.${tagOf(token).toString('base64url')}` });
		},
		open(token) {
			const [, own = '', tag = ''] = TAGGED.exec(token) ?? [];
			return timingSafeEqual(tagOf(own), Buffer.alloc(32, tag, 'base64url')) && tag !== '' ? own : undefined;
		}
	};
}
