import { describe, expect, test } from '@jest/globals';

import {
	databaseSettings,
	ownSettings,
	redisSettings,
} from '../../scripts/queueMode/queueAddresses';

describe('The address of a Redis', () => {
	test('becomes what n8n is told', () => {
		expect(redisSettings('rediss://queue:p%40ss@redis.example:6380/3')).toEqual({
			QUEUE_BULL_REDIS_HOST: 'redis.example',
			QUEUE_BULL_REDIS_PORT: '6380',
			QUEUE_BULL_REDIS_USERNAME: 'queue',
			QUEUE_BULL_REDIS_PASSWORD: 'p@ss',
			QUEUE_BULL_REDIS_DB: '3',
			QUEUE_BULL_REDIS_TLS: 'true',
		});
	});

	test('may be short', () => {
		expect(redisSettings('redis://127.0.0.1')).toEqual({
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: '6379',
		});
	});
});

describe('The address of a database', () => {
	test('becomes what n8n is told', () => {
		expect(databaseSettings('postgresql://n8n:s%2Fcret@db.example/calls')).toEqual({
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: 'db.example',
			DB_POSTGRESDB_PORT: '5432',
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_PASSWORD: 's/cret',
			DB_POSTGRESDB_DATABASE: 'calls',
		});
	});
});

test.each([
	[redisSettings, 'REDIS_URL is not an address that starts with redis://'],
	[databaseSettings, 'DATABASE_URL is not an address that starts with postgres://'],
])('An address of something else is turned down without being repeated', (read, message) => {
	for (const address of ['localhost', 'http://user:secret@host']) {
		expect(() => read(address)).toThrow(message);
		expect(() => read(address)).not.toThrow(/secret|localhost/);
	}
});

test("n8n's own settings are handed on, and nothing else", () => {
	const env = { DB_TYPE: 'postgresdb', DB_POSTGRESDB_HOST: 'db', HOME: '/root' };
	expect(ownSettings(['DB_'], env)).toEqual({ DB_TYPE: 'postgresdb', DB_POSTGRESDB_HOST: 'db' });
});
