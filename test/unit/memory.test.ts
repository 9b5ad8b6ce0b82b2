import { expect, test } from '@jest/globals';

import { emptyMemory, holdFor, RunMemories } from '../../erasure/memory';

const hour = 60 * 60 * 1000;

const run = { name: 'run' };

test('an empty memory knows of no try, settlement or finding', () => {
	const [settlements, findings] = [new Map(), new Map()];
	const seen = new Set();
	expect(emptyMemory()).toStrictEqual({ tries: 0, settlements, seen, findings });
	expect(emptyMemory().settlements).not.toBe(emptyMemory().settlements);
});

test('a run that is tried again finds what it has learnt', () => {
	const memories = new RunMemories();
	const first = memories.take(run, 0);
	expect(first.tries).toBe(1);
	memories.keep(run, first, 5);
	const second = memories.take({ ...run }, 10);
	expect(second).toBe(first);
	expect(second.tries).toBe(2);
});

test('a memory that is not kept is gone', () => {
	const memories = new RunMemories();
	const first = memories.take(run, 0);
	expect(memories.size).toBe(0);
	const again = memories.take(run, 0);
	expect(again).not.toBe(first);
	expect(again.tries).toBe(1);
});

test("a memory that is in use is nobody else's", () => {
	const memories = new RunMemories();
	memories.keep(run, memories.take(run, 0), 0);
	const first = memories.take(run, 0);
	const second = memories.take(run, 0);
	expect(second).not.toBe(first);
	expect([first.tries, second.tries]).toEqual([2, 1]);
});

test('runs know nothing of each other', () => {
	const memories = new RunMemories();
	const one = memories.take({ name: 'one' }, 0);
	const other = memories.take({ name: 'other' }, 0);
	expect(other).not.toBe(one);
	memories.keep({ name: 'one' }, one, 0);
	memories.keep({ name: 'other' }, other, 0);
	expect(memories.take({ name: 'other' }, 0)).toBe(other);
	expect(memories.take({ name: 'one' }, 0)).toBe(one);
});

test('equal calls of a tool know nothing of each other, in whatever order they are tried again', () => {
	const memories = new RunMemories();
	const runs = [{}, {}, undefined].map((call) => (call === undefined ? run : { ...run, call }));
	const memoryOf = new Map(runs.map((each) => [each, memories.take(each, 0)]));
	expect(new Set(memoryOf.values()).size).toBe(3);
	for (const [each, memory] of memoryOf) memories.keep(each, memory, 0);
	for (const each of runs.reverse()) expect(memories.take(each, 0)).toBe(memoryOf.get(each));
});

test('a memory that no one comes back for is dropped after an hour', () => {
	const memories = new RunMemories();
	memories.keep(run, memories.take(run, 0), 1000);
	memories.take({ name: 'other' }, 1000 + hour);
	expect(memories.size).toBe(1);
	memories.take({ name: 'other' }, 1000 + hour + 1);
	expect(memories.size).toBe(0);
	expect(memories.take(run, 1000 + hour + 1).tries).toBe(1);
});

test('a memory that is in use is never dropped, however long its try takes', () => {
	const memories = new RunMemories();
	const first = memories.take(run, 0);
	memories.take({ name: 'other' }, 10 * hour);
	memories.keep(run, first, 10 * hour);
	expect(memories.take(run, 11 * hour)).toBe(first);
});

test('what was learnt of one account is forgotten for another', () => {
	const memory = emptyMemory();
	const verdict = { outcome: 'deleted', evidence: 'confirmed' } as const;
	holdFor(memory, 'one');
	memory.findings.set('x', {
		kind: 'understood',
		content: { kind: 'targets', targets: [] },
		attempts: 1,
		at: '',
	});
	memory.settlements.set('x', { verdict, attempts: 1, at: '', final: true, doubt: 'none' });
	holdFor(memory, 'one');
	expect([memory.findings.size, memory.settlements.size]).toEqual([1, 1]);
	holdFor(memory, 'other');
	expect([memory.findings.size, memory.settlements.size]).toEqual([0, 0]);
});
