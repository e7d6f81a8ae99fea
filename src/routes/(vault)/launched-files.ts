/** Chromium's queue of files that the system opened with the installed app; the compiler's library does not know it. */
interface LaunchQueue {
	setConsumer(consumer: (launch: { files?: readonly FileSystemFileHandle[] }) => void): void;
}

/**
 * Gives the files that the system opened with the app, if it did: now or later. Until somebody asks, the browser keeps
 * them, through a sign-in and an unlock too.
 */
export function takeLaunchedFiles(take: (files: File[]) => void): void {
	const { launchQueue } = window as { launchQueue?: LaunchQueue };
	launchQueue?.setConsumer(({ files = [] }) => {
		if (files.length > 0) void Promise.all(files.map((file) => file.getFile())).then(take);
	});
}
