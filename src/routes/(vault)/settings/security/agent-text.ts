import { readAgent } from '$lib/access/user-agent.ts';
import { m } from '$messages';

/** A device as a person calls it: "Chrome on Android". */
export function agentText(header: string): string {
	const { browser, system } = readAgent(header);
	if (browser && system) return m.sessions_device({ browser, system });
	return browser ?? system ?? m.sessions_device_unknown();
}

/** A network (CIDR) with a star for what is left out: `203.0.113.0/24` is 203.0.113.* */
export function networkText(network: string): string {
	return network.replace(/\.0\/24$/, '.*').replace(/::\/48$/, ':*');
}
