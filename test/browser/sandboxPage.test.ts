/* eslint max-lines: "off" -- one page, walked through in one browser */
import { mkdirSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';

import { Sandbox } from '../../sandbox/sandbox';
import { openChromium } from './chromium';

const screenshots = join(__dirname, '..', '..', 'build', 'screenshots');

let browser: Browser;

let sandbox: Sandbox;

let page: Page;

/** What the page complained about: thrown errors, and what its security policy stopped. */
let complaints: string[];

beforeAll(async () => {
	browser = await openChromium();
	mkdirSync(screenshots, { recursive: true });
});

afterAll(async () => {
	await browser.close();
});

beforeEach(async () => {
	sandbox = await Sandbox.start();
	for (const vendor of sandbox.vendors) vendor.fill(100);
	page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
	complaints = [];
	page.on('pageerror', ({ message }) => complaints.push(message));
	page.on('console', (message) => {
		if (message.type() === 'error') complaints.push(message.text());
	});
	page.setDefaultTimeout(10_000);
});

afterEach(async () => {
	await page.close();
	await sandbox.stop();
});

async function open(): Promise<void> {
	await page.goto(`${sandbox.address()}/`);
	await page.getByText('Live', { exact: true }).waitFor();
}

async function deleteCall(id: string): Promise<void> {
	const reply = await fetch(`${sandbox.address('flyflow')}/v1/call/${encodeURIComponent(id)}`, {
		method: 'DELETE',
		headers: { authorization: `Bearer ${sandbox.flyflow.apiKey}` },
	});
	await reply.text();
}

/** Calls 1 to `count`, as fast as this process can. */
async function deleteInHaste(count: number): Promise<void> {
	const agent = new Agent({ keepAlive: true, maxSockets: 32 });
	const options = {
		agent,
		method: 'DELETE',
		headers: { authorization: `Bearer ${sandbox.flyflow.apiKey}` },
	};
	const deleteOne = async (number: number) =>
		await new Promise((resolve, reject) => {
			const address = `${sandbox.address('flyflow')}/v1/call/call_${number}`;
			request(address, options, (reply) => reply.resume().on('end', resolve))
				.on('error', reject)
				.end();
		});
	let next = 1;
	const deleteMany = async () => {
		while (next <= count) await deleteOne(next++);
	};
	await Promise.all(Array.from({ length: 32 }, deleteMany));
	agent.destroy();
}

const card = (name: string): Locator =>
	page.locator('.vendor-card', { has: page.getByRole('heading', { name, exact: true }) });

const requests = (): Locator => page.locator('#requests tr');

/** The cells of a row of the list of requests, without its time and its milliseconds. */
async function cellsOf(row: Locator): Promise<string[]> {
	const cells = await row.locator('td').allInnerTexts();
	return cells.slice(1, -1).map((cell) => cell.trim());
}

/** Runs in the page: elements that are too narrow for their text, or reach over their frame. */
function textOfThoseCut(elements: readonly Element[]): Array<string | null> {
	const isCut = (element: Element) => {
		const range = document.createRange();
		range.selectNodeContents(element);
		const text = range.getBoundingClientRect();
		const frame = element.closest('.vendor-card') ?? document.body;
		return [element, frame].some(
			(around) => text.right > around.getBoundingClientRect().right + 0.1,
		);
	};
	return elements.filter(isCut).map((element) => element.textContent);
}

describe("the sandbox's page", () => {
	test('says what it is, and what each vendor holds', async () => {
		sandbox.verba.fill(12_345);
		await open();
		await page.getByText('Nothing here is real').waitFor();
		await page.getByText('No request yet.').waitFor();
		expect(await page.locator('.vendor-card h3').allInnerTexts()).toEqual([
			'Flyflow',
			'Creovai',
			'Kaleyra',
			'HappyRobot',
			'Verba',
		]);
		expect(await page.locator('.count').allInnerTexts()).toEqual([
			'100 calls',
			'100 calls',
			'100 flows',
			'100 calls',
			'12,345 conversations',
		]);
		expect(await card('Verba').locator('.record').count()).toBe(50);
		expect(await card('Verba').locator('.gap').innerText()).toBe('12,295 more');
		expect(complaints).toEqual([]);
	});

	test('shows deletions and requests as they happen, and the deleted record for a while', async () => {
		await open();
		await deleteCall('call_2');
		await deleteCall('call_77');
		await deleteCall('call_unknown');
		await card('Flyflow').getByText('2 deleted').waitFor();
		await requests().nth(2).waitFor();
		expect(await card('Flyflow').locator('.record.deleted .id').allInnerTexts()).toEqual([
			'call_77',
			'call_2',
		]);
		expect(await card('Flyflow').locator('.count').innerText()).toBe('98 calls');
		await page.locator('#requests').getByText('404').waitFor();
		expect(await Promise.all((await requests().all()).map(cellsOf))).toEqual([
			['Flyflow', 'DELETE', '/v1/call/call_unknown', '404'],
			['Flyflow', 'DELETE', '/v1/call/call_77', '200'],
			['Flyflow', 'DELETE', '/v1/call/call_2', '200'],
		]);
		await card('Flyflow').locator('.record.deleted').first().waitFor({ state: 'detached' });
		await expect(card('Flyflow').locator('.record .id').first().innerText()).resolves.toBe(
			'call_1',
		);
		expect(await card('Flyflow').locator('.record .id').nth(1).innerText()).toBe('call_3');
		await page
			.locator('#announcement')
			.getByText('Flyflow: 2 deleted, 98 calls left.')
			.waitFor({ state: 'attached' });
		expect(complaints).toEqual([]);
	});

	test('hostile identifiers stay text', async () => {
		const hostile = [
			'<img src=x onerror=alert(1)>',
			'"><script>window.owned = true</script>',
			'</span><style>*{display:none}</style>',
			'javascript:alert(1)//\u202egnp.exe',
			'<b>bold</b>',
		];
		const call = sandbox.flyflow.records()[0]!;
		for (const id of hostile) sandbox.flyflow.calls.set(id, { ...call, id, status: id });
		const dialogs: string[] = [];
		page.on('dialog', (dialog) => {
			dialogs.push(dialog.message());
			void dialog.dismiss();
		});
		await open();
		const ids = card('Flyflow').locator('.record .id');
		await card('Flyflow').getByText('<b>bold</b>').first().waitFor();
		const shown = hostile.map((id) => id.replace('\u202e', '\\u202e'));
		expect((await ids.allInnerTexts()).slice(-5)).toEqual(shown);
		for (const id of hostile) await deleteCall(id);
		await requests().nth(4).waitFor();
		await card('Flyflow').getByText('5 deleted').waitFor();
		expect(await card('Flyflow').locator('.record.deleted .id').allInnerTexts()).toEqual(shown);
		await fetch(`${sandbox.address('flyflow')}/v1/calls?limit=<img+src=x+onerror=alert(2)>`);
		await page.locator('#requests').getByText('?limit=<img src=x onerror=alert(2)>').waitFor();
		expect(await page.locator('img, b:not(.count b), style, main script').count()).toBe(0);
		expect(await page.evaluate('window.owned')).toBeUndefined();
		expect(dialogs).toEqual([]);
		expect(complaints).toEqual([]);
	});

	test('one vendor alone, chosen by keyboard', async () => {
		await open();
		await deleteCall('call_1');
		await fetch(`${sandbox.address('verba')}/api?action=SearchCalls&apiKey=secret`);
		await requests().nth(1).waitFor();
		await page.getByRole('radio', { name: 'All' }).focus();
		for (let steps = 0; steps < 5; steps++) await page.keyboard.press('ArrowRight');
		await page.getByText('1 request', { exact: true }).waitFor();
		expect(await Promise.all((await requests().all()).map(cellsOf))).toEqual([
			['Verba', 'GET', '/api?action=SearchCalls&…', '200'],
		]);
	});

	test('pause keeps the list still, and going on catches up', async () => {
		await open();
		await page.getByRole('button', { name: 'Pause' }).click();
		await deleteCall('call_1');
		await page.waitForTimeout(400);
		expect(await requests().count()).toBe(0);
		await page.getByRole('button', { name: 'Pause' }).click();
		await requests().first().waitFor();
		expect(await card('Flyflow').locator('.count').innerText()).toBe('99 calls');
	});

	test('refill', async () => {
		await open();
		await deleteCall('call_1');
		await card('Flyflow').getByText('1 deleted').waitFor();
		await page.getByLabel('Refill with').selectOption('1,000');
		await page.getByRole('button', { name: 'Refill Flyflow' }).click();
		await card('Flyflow').getByText('1,000 calls').waitFor();
		expect(await card('Flyflow').locator('.record.deleted').count()).toBe(0);
		expect(sandbox.flyflow.calls.size).toBe(1000);
	});

	test('makes trouble at one vendor, shows it, and ends it', async () => {
		await open();
		await page.getByLabel('Trouble at Flyflow').selectOption('503 for one record');
		await card('Flyflow').getByText('503 for call_1').waitFor({ state: 'attached' });
		await deleteCall('call_1');
		await deleteCall('call_2');
		await requests().nth(1).waitFor();
		await page.locator('#requests').getByText('503').waitFor();
		expect(sandbox.flyflow.calls.has('call_1')).toBe(true);
		expect(sandbox.flyflow.calls.has('call_2')).toBe(false);

		// As somebody sees it who comes later.
		await open();
		expect(await page.getByLabel('Trouble at Flyflow').inputValue()).toBe('unavailableForOne');
		expect(await page.locator('.in-trouble h3').allInnerTexts()).toEqual(['Flyflow']);
		await page.getByLabel('Trouble at Flyflow').selectOption('None');
		await page.locator('.in-trouble').waitFor({ state: 'detached' });
		await deleteCall('call_1');
		await card('Flyflow').getByText('2 deleted').waitFor();
		expect(complaints).toEqual([]);
	});

	test('puts off the purges of Creovai, and of no vendor that deletes at once', async () => {
		await open();
		expect(await page.locator('.purge:visible').count()).toBe(1);
		await page.getByLabel('Creovai deletes').selectOption('After 5 minutes');
		for (const deadline = Date.now() + 5000; sandbox.creovai.purgeMs !== 300_000;) {
			if (Date.now() > deadline) throw new Error('The choice did not arrive');
			await page.waitForTimeout(20);
		}
		sandbox.creovai.purgeMs = 7000;
		await page
			.getByLabel('Creovai deletes')
			.locator('option:checked', { hasText: 'After 7 seconds' })
			.waitFor({ state: 'attached' });
		expect(complaints).toEqual([]);
	});

	test('refills with the cases that are worth practising with', async () => {
		await open();
		await page.getByRole('button', { name: 'Refill Kaleyra' }).click();
		await card('Kaleyra').getByText('BLOCKED').waitFor();
		await card('Kaleyra').getByText('DRAFT, test_order').waitFor();
		await page.getByRole('button', { name: 'Refill Creovai' }).click();
		await card('Creovai').getByText('+1 (512) 555-1002').waitFor();
	});

	test('on a phone: one thing below the other, nothing over another or cut off', async () => {
		await page.setViewportSize({ width: 390, height: 844 });
		sandbox.verba.fill(100_000);
		await open();
		await deleteCall('call_3');
		await deleteCall('a-call-with-a-name-that-is-far-longer-than-a-phone-is-wide');
		await requests().nth(1).waitFor();
		await page.screenshot({ path: join(screenshots, 'sandbox-390.png'), fullPage: true });
		expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
		const labels = 'h1, h2, h3, button, .count, header .deleted, .status, .path';
		expect(await page.locator(labels).evaluateAll(textOfThoseCut)).toEqual([]);
		const blocks = page.locator('.vendor-card, .bar, .requests > .scroll');
		const tops = await blocks.evaluateAll((elements) =>
			elements.map((element) => {
				const { top, bottom } = element.getBoundingClientRect();
				return [top, bottom] as const;
			}),
		);
		for (const [index, [top]] of tops.slice(1).entries()) {
			expect(top).toBeGreaterThanOrEqual(tops[index]![1]);
		}
	});

	test('says when the sandbox is gone, and goes on with the next one', async () => {
		await open();
		const port = Number(new URL(sandbox.address()).port);
		await sandbox.stop();
		await page.getByText('The sandbox does not answer. Trying again …').waitFor();
		sandbox = await Sandbox.start(port);
		sandbox.flyflow.fill(5);
		await page.getByText('Live', { exact: true }).waitFor();
		await card('Flyflow').getByText('5 calls').waitFor();
		expect(await page.locator('.vendor-card').count()).toBe(5);
		expect(await page.getByRole('radio').count()).toBe(6);
	});

	test('stays quick, and small, while ten thousand requests come in', async () => {
		sandbox.flyflow.fill(10_000);
		await open();
		await page.evaluate(`(() => {
			window.longestFrame = 0;
			let last = performance.now();
			const frame = (now) => {
				window.longestFrame = Math.max(window.longestFrame, now - last);
				last = now;
				requestAnimationFrame(frame);
			};
			requestAnimationFrame(frame);
		})()`);
		await deleteInHaste(10_000);
		await page.getByText('the last 100 of 10,000').waitFor();
		await card('Flyflow').getByText('10,000 deleted').waitFor();
		expect(await requests().count()).toBe(100);
		expect(await page.locator('*').count()).toBeLessThan(3000);
		await page.locator('#requests .waits').first().waitFor({ state: 'detached' });
		// A page that drew every request would stand still for seconds.
		expect(await page.evaluate('window.longestFrame')).toBeLessThan(1500);
		expect(complaints).toEqual([]);
	}, 120_000);

	describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
		test.each([800, 1200, 1600])('%i pixels wide: nothing is cut off', async (width) => {
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize({ width, height: 900 });
			sandbox.verba.fill(100_000);
			await open();
			for (let number = 1; number <= 12; number++) await deleteCall(`call_${number * 3}`);
			await card('Flyflow').getByText('12 deleted').waitFor();
			await requests().nth(11).waitFor();
			await page.screenshot({ path: join(screenshots, `sandbox-${colorScheme}-${width}.png`) });
			const labels = 'h1, h2, h3, button, .count, header .deleted, th, .status';
			expect(await page.locator(labels).evaluateAll(textOfThoseCut)).toEqual([]);
			expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
		});
	});
});
