import { describe, expect, test } from '@jest/globals';

import type { Reply } from '../../erasure/reply';
import { Token, TokenSource } from '../../nodes/shared/sending/tokenSource';

const refused: Reply = { kind: 'badCredentials', cause: 'no' };
const cancelled: Reply = { kind: 'cancelled' };

/** Gives these one after the other, and counts how often it was asked. */
function fetcher(...answers: Array<Token | Reply>) {
	const asked = { times: 0 };
	const fetch = async () => {
		asked.times += 1;
		return await Promise.resolve(answers[asked.times - 1] ?? refused);
	};
	return { asked, fetch };
}

describe('the token of an account', () => {
	test('is fetched once however many ask at once, and once more when it ran out', async () => {
		const tokens = new TokenSource<Reply>();
		const { asked, fetch } = fetcher(new Token('t1'), new Token('t2'));
		const [first, again] = await Promise.all([tokens.current(fetch), tokens.current(fetch)]);
		expect(again).toBe(first);
		const ranOut = first as Token;
		const renewed = await Promise.all([tokens.renew(ranOut, fetch), tokens.renew(ranOut, fetch)]);
		expect(renewed).toMatchObject([{ text: 't2' }, { text: 't2' }]);
		expect(await tokens.renew(ranOut, fetch)).toMatchObject({ text: 't2' });
		expect(asked.times).toBe(2);
	});

	test('is replaced where its time is over, and one that never had any is used once', async () => {
		const tokens = new TokenSource<Reply>();
		const { asked, fetch } = fetcher(new Token('t1', 0), new Token('t2'));
		expect(await tokens.current(fetch)).toMatchObject({ text: 't1' });
		expect(await tokens.current(fetch)).toMatchObject({ text: 't2' });
		expect(await tokens.current(fetch)).toMatchObject({ text: 't2' });
		expect(asked.times).toBe(2);
	});

	test('is asked for again after a refusal, which all get that waited for it', async () => {
		const tokens = new TokenSource<Reply>();
		const { asked, fetch } = fetcher(refused, new Token('t'));
		expect(await Promise.all([tokens.current(fetch), tokens.current(fetch)])).toEqual([
			refused,
			refused,
		]);
		expect(asked.times).toBe(1);
		expect(await tokens.current(fetch)).toMatchObject({ text: 't' });
	});

	test('is fetched by another run where the one that fetched it was cancelled', async () => {
		const tokens = new TokenSource<Reply>();
		const ended = fetcher(cancelled);
		const other = fetcher(new Token('t'));
		const results = [tokens.current(ended.fetch), tokens.current(other.fetch)];
		expect(await Promise.all(results)).toMatchObject([cancelled, { text: 't' }]);
		expect(other.asked.times).toBe(1);
	});
});
