import { isMainThread } from 'node:worker_threads';

/**
 * Preloaded into n8n: ends it and all that it started when the process that started it is gone,
 * however that ended; the pipe on standard input closes then. At once, since nobody is left who
 * could wait, and by the process group, of which n8n is the head. Threads, such as the one that
 * writes n8n's event log, and what n8n starts in its turn get the same preload and have nothing to watch.
 */
if (isMainThread && process.env.END_WITH_PARENT === String(process.ppid)) {
	const end = () => process.kill(-process.pid, 'SIGKILL');
	process.stdin.on('end', end);
	process.stdin.on('error', end);
	process.stdin.resume();
	process.stdin.unref();
}
