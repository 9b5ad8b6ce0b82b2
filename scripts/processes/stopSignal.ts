/** Aborted when a person, or the machine, asks to stop. Asking twice changes nothing. */
export function stopSignal(): AbortSignal {
	const controller = new AbortController();
	const stop = () => {
		if (!controller.signal.aborted) console.log('\nStopping ...');
		controller.abort();
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
	return controller.signal;
}

export async function untilAborted(signal: AbortSignal): Promise<void> {
	if (signal.aborted) return;
	await new Promise((resolve) => signal.addEventListener('abort', resolve));
}
