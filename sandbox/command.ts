/**
 * Runs the sandbox on its own: `npm run sandbox`, or with a port and a number of records:
 * `npm run sandbox -- 5680 100`.
 */
import { addCases } from './practice';
import { Sandbox } from './sandbox';

async function main(): Promise<void> {
	const [port = '5680', records = '100'] = process.argv.slice(2);
	const sandbox = await Sandbox.start(Number(port));
	for (const vendor of sandbox.vendors) vendor.fill(Number(records));
	addCases(sandbox);
	console.log(`The sandbox listens. Watch it at ${sandbox.address()}/`);
	for (const { name } of sandbox.vendors) console.log(`  ${name}: ${sandbox.address(name)}`);

	const stop = () => void sandbox.stop().then(() => process.exit(0));
	process.on('SIGINT', stop);
	process.on('SIGTERM', stop);
}

main().catch((error: unknown) => {
	const { code, message } = error as NodeJS.ErrnoException;
	console.error(
		code === 'EADDRINUSE' ? 'The port is taken. Give another: npm run sandbox -- 5690' : message,
	);
	process.exit(1);
});
