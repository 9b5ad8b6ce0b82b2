import { expect, test } from '@jest/globals';

import { emptyMemory, holdFor, RunMemories } from '../../erasure/memory';

const hour = 60 * 60 * 1000;

test('an empty memory knows of no try, settlement or finding', () => {
	const [settlements, findings, asked] = [new Map(), new Map(), new Map()];
	expect(emptyMemory()).toStrictEqual({ tries: 0, settlements, findings, asked });
	expect(emptyMemory().settlements).not.toBe(emptyMemory().settlements);
});

test('a run that is tried again finds what it has learnt', () => {
	const memories = new RunMemories();
	const first = memories.open('run', 0);
	expect(first.tries).toBe(1);
	memories.keep('run', 5);
	const second = memories.open('run', 10);
	expect(second).toBe(first);
	expect(second.tries).toBe(2);
	expect(memories.size).toBe(1);
});

test('a run that is over leaves nothing behind', () => {
	const memories = new RunMemories();
	const first = memories.open('run', 0);
	memories.drop('run');
	expect(memories.size).toBe(0);
	const again = memories.open('run', 0);
	expect(again).not.toBe(first);
	expect(again.tries).toBe(1);
});

test('runs know nothing of each other', () => {
	const memories = new RunMemories();
	const one = memories.open('one', 0);
	const other = memories.open('other', 0);
	expect(other).not.toBe(one);
	memories.drop('one');
	expect(memories.size).toBe(1);
	expect(memories.open('other', 0)).toBe(other);
});

test('a memory that no one comes back for is dropped after an hour', () => {
	const memories = new RunMemories();
	memories.open('abandoned', 0);
	memories.keep('abandoned', 1000);
	memories.open('other', 1000 + hour);
	expect(memories.size).toBe(2);
	memories.open('other', 1000 + hour + 1);
	expect(memories.size).toBe(1);
	expect(memories.open('abandoned', 1000 + hour + 1).tries).toBe(1);
});

test('a memory that is in use is never dropped, however long its try takes', () => {
	const memories = new RunMemories();
	const first = memories.open('long', 0);
	memories.keep('long', 0);
	expect(memories.open('long', hour)).toBe(first);
	memories.open('other', 10 * hour);
	expect(memories.size).toBe(2);
	expect(memories.open('long', 10 * hour)).toBe(first);
});

test('what was learnt of one account is forgotten for another', () => {
	const memory = emptyMemory();
	const verdict = { outcome: 'deleted', evidence: 'confirmed' } as const;
	holdFor(memory, 'one');
	memory.findings.set('x', { kind: 'targets', targets: [] });
	memory.settlements.set('x', { verdict, attempts: 1, at: '', final: true, inDoubt: false });
	memory.asked.set('x', { verdict, attempts: 1, at: '', final: true, inDoubt: false });
	holdFor(memory, 'one');
	expect([memory.findings.size, memory.asked.size, memory.settlements.size]).toEqual([1, 1, 1]);
	holdFor(memory, 'other');
	expect([memory.findings.size, memory.asked.size, memory.settlements.size]).toEqual([0, 0, 0]);
});

test('keeping or dropping a run that is not known does nothing', () => {
	const memories = new RunMemories();
	memories.keep('unknown', 0);
	memories.drop('unknown');
	expect(memories.size).toBe(0);
});
