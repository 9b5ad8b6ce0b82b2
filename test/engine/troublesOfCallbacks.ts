import { afterEach, expect, test } from '@jest/globals';

import { listenForCallbacks, type CallbackAnswer, type Callbacks } from '../server/requests/sender';
import { receipt } from '../unit/certificate/receipts';
import { secret, standardWebhooks } from '../unit/requests/senders';
import { coreVersion, type RunOptions } from './engine';
import { reportTo, rowOf } from './reports';
import { ssrfProtection } from './ssrfProtection';

const receipts = [receipt(1)];

const again = (answer: CallbackAnswer) => Array.from({ length: 10 }, () => answer);
const status = (code: number) => again({ status: code });
const wait = (seconds: number, code: number): CallbackAnswer => ({
	status: code,
	headers: { 'retry-after': String(seconds) },
});

const later = 'Report the status again later';
const ask = 'so it did not take the report. Ask the sender why, and report the status again';

type Trouble = readonly [
	name: string,
	answers: readonly CallbackAnswer[],
	calls: number,
	/** Of its host; missing where the report was taken in the end. */
	said?: string,
];

const untold = (code: number) =>
	`HOST answered ${code}, which does not say whether it was done. Try again later`;

const troubles: readonly Trouble[] = [
	...[408, 500, 502, 503, 599].map((code): Trouble => [`${code}`, status(code), 4, untold(code)]),
	...[421, 425].map((code): Trouble => [
		`${code}`,
		status(code),
		4,
		`HOST answered ${code}: it did not take this on. Try again later`,
	]),
	...[400, 401, 403, 404, 409, 410, 413, 422].map((code): Trouble => [
		`${code}`,
		status(code),
		1,
		`HOST answered ${code}, ${ask}`,
	]),
	[
		'hangs up',
		again('reset'),
		4,
		`The request was sent, but no reply came from HOST: the connection was reset. Try again later`,
	],
	['hangs up once', ['reset'], 2],
	['500 once', [{ status: 500 }], 2],
	['429 with a time, once', [wait(1, 429)], 2],
	['503 with a time, once', [wait(1, 503)], 2],
	[
		'429 with a time in an hour',
		again(wait(3600, 429)),
		1,
		`HOST asked to be called later than a run waits. ${later}`,
	],
	[
		'503 with a time in an hour',
		again(wait(3600, 503)),
		1,
		`HOST asked to be called later than a run waits. ${later}`,
	],
	['200 with a page of 20 MB', [{ status: 200, body: Buffer.alloc(20_000_000, 'x') }], 1],
	[
		'200 with a broken page',
		[{ status: 200, headers: { 'content-encoding': 'gzip' }, body: 'x' }],
		1,
	],
];

/** Where a redirect may lead: inside the network, to a host that is listed, and to one that is not. */
const redirects = (inside: Callbacks, callbacks: Callbacks) =>
	[
		`http://${inside.host}/`,
		`//${inside.host}/`,
		`http://localhost:${inside.host.split(':')[1]}/`,
		'http://169.254.169.254/latest/meta-data/',
		'https://elsewhere.example/',
		`http://${callbacks.host}/moved`,
		'/moved',
		'file:///etc/passwd',
	].map((location, index) => ({ location, status: [301, 302, 303, 307, 308][index % 5] ?? 308 }));

/** Calls of the same report, as whoever is called can verify them. */
function expectRepeats({ calls }: Callbacks): void {
	expect(new Set(calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
	expect(new Set(calls.map(({ body }) => body)).size).toBe(1);
	for (const { body, headers } of calls) {
		const verifier = new standardWebhooks.Webhook(secret);
		expect(verifier.verify(body, headers as Record<string, string>)).toBeDefined();
	}
}

export function testTroublesOfCallbacks(): void {
	const opened: Callbacks[] = [];
	const listen = async (answers: readonly CallbackAnswer[] = []) => {
		const callbacks = await listenForCallbacks();
		callbacks.answers.push(...answers);
		opened.push(callbacks);
		return callbacks;
	};
	afterEach(async () => {
		await Promise.all(opened.splice(0).map(async ({ stop }) => await stop()));
	});
	const reportOne = async ({ host }: Callbacks, changes: Partial<RunOptions> = {}) =>
		await reportTo(host, [{ ...rowOf(`http://${host}/erasures`), receipts }], {
			onError: 'continueRegularOutput',
			...changes,
		});

	test('is called again where that may help, with the same message, and is named', async () => {
		const met = troubles.map(async ([name, answers, calls, said]) => {
			const callbacks = await listen(answers);
			const { json } = await reportOne(callbacks);
			expectRepeats(callbacks);
			const [{ error, reported } = {}] = json;
			const sentence = said?.replace('HOST', callbacks.host);
			return [
				[name, callbacks.calls.length, error, reported],
				[name, calls, sentence, sentence === undefined ? true : undefined],
			];
		});
		const results = await Promise.all(met);
		expect(results.map(([got]) => got)).toEqual(results.map(([, expected]) => expected));
	}, 60_000);

	test('and leads elsewhere is followed nowhere', async () => {
		const inside = await listen();
		const callbacks = await listen();
		for (const { location, status: code } of redirects(inside, callbacks)) {
			callbacks.calls.length = 0;
			callbacks.answers.push({ status: code, headers: { location } });
			const { json } = await reportOne(callbacks);
			expect(json).toEqual([
				{
					error: `${callbacks.host} answered ${code}, which leads elsewhere, and redirects are not followed. Ask the sender for the right address`,
				},
			]);
			expect(callbacks.calls.map(({ url }) => url)).toEqual(['/erasures']);
		}
		expect(inside.calls).toEqual([]);
	});

	test('stops the workflow, leaves by the error output, or is tried again, as the node is set', async () => {
		const stops = await listen(status(400));
		const { error, outputs } = await reportOne(stops, { onError: 'stopWorkflow' });
		expect(error?.message).toBe(`${stops.host} answered 400, ${ask}`);
		expect(outputs.flat()).toEqual([]);

		const branches = await listen(status(400));
		const [main, failed] = (await reportOne(branches, { onError: 'continueErrorOutput' })).outputs;
		expect(main).toEqual([]);
		expect(failed).toMatchObject([{ json: { error: `${branches.host} answered 400, ${ask}` } }]);

		const tries = await listen([{ status: 400 }, { status: 400 }]);
		expect((await reportOne(tries, { maxTries: 3 })).json).toMatchObject([{ reported: true }]);
		expect(tries.calls).toHaveLength(3);
		expectRepeats(tries);
	});

	test('and is reported to once more, later, gets the very same message', async () => {
		const callbacks = await listen();
		await reportOne(callbacks);
		await reportOne(callbacks);
		expect(callbacks.calls).toHaveLength(2);
		expectRepeats(callbacks);
	});

	test('is left at once when the execution is cancelled', async () => {
		const callbacks = await listen(again('silence'));
		const began = Date.now();
		const { json } = await reportOne(callbacks, {
			onStart: (cancel) => {
				const called = setInterval(() => {
					if (callbacks.calls.length === 0) return;
					clearInterval(called);
					cancel();
				}, 20);
			},
		});
		expect(Date.now() - began).toBeLessThan(10_000);
		expect(callbacks.calls).toHaveLength(1);
		expect(JSON.stringify(json)).not.toContain('"reported":true');
	});

	test.each([
		'localhost',
		'LOCALHOST',
		'127.0.0.2',
		'127.0.0.1',
		'[::1]',
		'127.0.0.1.evil.example',
		'evil.example, shop.example.com',
	])('is not called where Allowed Hosts has %s', async (allowed) => {
		const callbacks = await listen();
		const port = callbacks.host.split(':')[1] ?? '';
		// The right host with the usual port, or another one with the right port.
		const hosts = allowed === '127.0.0.1' ? allowed : allowed.replace(/(?=,|$)/g, `:${port}`);
		const { json } = await reportTo(hosts, [{ ...rowOf(`http://${callbacks.host}/`), receipts }], {
			onError: 'continueRegularOutput',
		});
		expect(json).toMatchObject([
			{ error: expect.stringContaining(`does not hold ${callbacks.host}`) },
		]);
		expect(callbacks.calls).toEqual([]);
	});

	// n8n 1.x has no such protection.
	if (coreVersion.startsWith('1.')) return;
	test.each(['127.0.0.1', 'localhost'])(
		"at an address that n8n's own protection blocks is not called: %s",
		async (host) => {
			const callbacks = await listen();
			const { config } = ssrfProtection();
			const at = callbacks.host.replace('127.0.0.1', host);
			config.enabled = true;
			const { json } = await reportTo(at, [{ ...rowOf(`http://${at}/`), receipts }], {
				onError: 'continueRegularOutput',
			}).finally(() => (config.enabled = false));
			expect(json).toMatchObject([
				{
					error: expect.stringContaining(
						`${at} was not reached: n8n blocks requests to its address (N8N_SSRF_PROTECTION_ENABLED)`,
					),
				},
			]);
			expect(callbacks.calls).toEqual([]);
		},
	);
}
