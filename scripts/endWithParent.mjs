/**
 * Preloaded into n8n: ends it when the process that started it is gone, however that ended. The
 * pipe on standard input closes then.
 */
process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM'));
process.stdin.on('error', () => process.kill(process.pid, 'SIGTERM'));
process.stdin.resume();
process.stdin.unref();
