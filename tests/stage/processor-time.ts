/**
 * What a piece of work takes of the processor, in milliseconds. Unlike the time that goes by, it does not grow while the machine does
 * something else.
 */
export function processorTime(work: () => void): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}
