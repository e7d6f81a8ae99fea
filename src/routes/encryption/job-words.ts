import type { EncryptionJob } from '$lib/vault/encryption/encryption-state.svelte.ts';
import type { EntityView } from '$lib/vault/entity-view.ts';
import { m } from '$messages';
import { domainName } from '../(vault)/shell/sections.ts';

/** What is being sealed anew, and whose it is. */
export function jobWords(job: EncryptionJob, entities: readonly EntityView[]): string {
	const entity = entities.find(({ id }) => id === job.entity)?.name ?? '';
	const domain = domainName(job.domain);
	return job.kind === 'switch-on'
		? m.security_job_switch_on({ domain, entity })
		: m.security_job_rotate({ domain, entity });
}
