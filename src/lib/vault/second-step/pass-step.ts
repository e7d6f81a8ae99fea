import { DoorError } from '../session/door-error.ts';
import { awaitsStep } from './ask-server.ts';
import { secondStep } from './second-step.svelte.ts';

/**
 * Has the second step shown that a session begun just now still has to show, if it has one.
 * @throws DoorError `door/second-step` where the person put it off
 */
export async function passStep(): Promise<void> {
	if (!(await awaitsStep())) return;
	if (!(await secondStep.ask('session/second-step', true))) throw new DoorError('door/second-step');
}

/** The sign-in server's refusals that a second step mends, and what is asked for. */
const steps = new Map<string, string>([
	['door/second-step', 'session/second-step'],
	['door/fresh-step', 'session/fresh-step']
]);

/**
 * Does what may need a second step, or one of the last minutes: where the server asks for it, the person shows it over the
 * page they are on, and the same is done once more.
 * @param work is done outside of any lock on the session, whose token showing a step needs
 * @throws DoorError `door/second-step`, `door/fresh-step` where the person put it off; what the work throws
 */
export async function withStep<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		const asked = error instanceof DoorError ? steps.get(error.code) : undefined;
		if (asked === undefined || !(await secondStep.ask(asked, true))) throw error;
		return work();
	}
}
