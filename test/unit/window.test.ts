import { describe, expect, test } from '@jest/globals';

import { Window } from '../../erasure/window';

/** A vendor's answers to a window that is always used in full. */
class Answers {
	readonly window = new Window();

	private now = 1_000_000;

	constructor(private readonly ceiling = 128) {}

	/** @returns the window after each of so many answers that took so long */
	take(count: number, latencyMs: number, inFlight?: number): number[] {
		return Array.from({ length: count }, () => {
			this.now += latencyMs / this.window.size;
			this.window.answered(latencyMs, inFlight ?? this.window.size, this.ceiling, this.now);
			return this.window.size;
		});
	}

	wait(ms: number): void {
		this.now += ms;
	}

	/** One that is as large as it gets at this vendor, at 50 ms. */
	static grown(ceiling = 128): Answers {
		const answers = new Answers(ceiling);
		answers.take(2000, 50);
		return answers;
	}
}

describe('a window', () => {
	test('opens with one and doubles up to four, until it knows what an answer takes', () => {
		const answers = new Answers();
		expect(answers.window.size).toBe(1);
		expect(answers.take(4, 50)).toEqual([2, 3, 4, 4]);
		expect(Math.max(...answers.take(17, 50))).toBe(4);
		expect(answers.take(1, 50)).toEqual([5]);
	});

	test('stays small until a limit per second would have shown itself', () => {
		const answers = new Answers();
		answers.take(100, 50);
		expect(answers.window.size).toBeLessThan(20);
		answers.wait(1500);
		expect(Math.max(...answers.take(200, 50))).toBeGreaterThan(100);
	});

	test('grows up to its ceiling and no further, as long as answers take no longer', () => {
		expect(Answers.grown(128).window.size).toBe(128);
		expect(Answers.grown(40).window.size).toBe(40);
		expect(Answers.grown(1).window.size).toBe(1);
	});

	test('comes down as answers take longer, and grows again when they do not', () => {
		const answers = Answers.grown();
		answers.take(300, 100);
		expect(answers.window.size).toBeLessThan(80);
		expect(answers.window.size).toBeGreaterThan(4);
		answers.take(4000, 50);
		expect(answers.window.size).toBe(128);
	});

	test('does not grow while it is not used', () => {
		const answers = new Answers();
		answers.take(2000, 50, 2);
		expect(answers.window.size).toBeLessThanOrEqual(5);
	});

	test('takes no first answer for a measure, which had to connect', () => {
		const answers = new Answers();
		answers.take(1, 5000);
		answers.take(2000, 50);
		answers.take(400, 200);
		expect(answers.window.size).toBeLessThan(40);
	});

	test('takes for a measure what answers take at light load, once it has come down to that', () => {
		const answers = Answers.grown();
		for (let time = 0; time < 6; time++) answers.window.shrink();
		expect(answers.window.size).toBe(2);
		// The vendor takes longer than before, whatever is asked of it.
		answers.take(3000, 90);
		expect(answers.window.size).toBeGreaterThan(100);
	});

	test('halves at a push-back and never closes', () => {
		const answers = Answers.grown();
		answers.window.shrink();
		expect(answers.window.size).toBe(64);
		for (let time = 0; time < 20; time++) answers.window.shrink();
		expect(answers.window.size).toBe(1);
		expect(answers.take(2, 50)).toEqual([1, 1]);
	});

	test('opens with one again where the credentials were turned down', () => {
		const answers = Answers.grown();
		answers.window.reopen();
		expect(answers.window.size).toBe(1);
		expect(answers.take(1, 50)[0]).toBeLessThanOrEqual(2);
	});
});
