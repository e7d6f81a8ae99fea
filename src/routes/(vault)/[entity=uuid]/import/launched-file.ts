/** Chromium's queue of files that the system opened with the installed app; the compiler's library does not know it. */
interface LaunchQueue {
	setConsumer(consumer: (launch: { files?: readonly FileSystemFileHandle[] }) => void): void;
}

/**
 * Gives the file that the system opened with the app, if it did: now or later. Until somebody asks, the browser keeps it,
 * through a sign-in too.
 */
export function takeLaunchedFile(take: (file: File) => void): void {
	const { launchQueue } = window as { launchQueue?: LaunchQueue };
	launchQueue?.setConsumer(({ files }) => void files?.[0]?.getFile().then(take));
}
