/** The four domains that records live in; a membership opens some of them. */
export const DOMAINS = ['health', 'finances', 'administration', 'chat'] as const;

export type Domain = (typeof DOMAINS)[number];

/**
 * When a domain's bodies carry the user layer (sealed in the browser) over which the server seals its own: `with-user-encryption`
 * as soon as the person has user encryption, `by-choice` once the owner switches it on for the entity.
 */
export type LayerPolicy = 'with-user-encryption' | 'by-choice';

/** The layer policy of every domain. The system layer is always there. */
export const LAYERS: Readonly<Record<Domain, LayerPolicy>> = {
	health: 'with-user-encryption',
	finances: 'by-choice',
	administration: 'by-choice',
	chat: 'by-choice'
};

/** Whether a text names a domain. */
export function isDomain(text: string): text is Domain {
	return (DOMAINS as readonly string[]).includes(text);
}
