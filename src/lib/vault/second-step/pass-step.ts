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
