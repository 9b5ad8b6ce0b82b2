/** n8n's own settings for a Redis, from an address such as `redis://user:password@host:6379/0`. */
export function redisSettings(address: string): Record<string, string> {
	const { url, user, password, name } = parse(address, 'REDIS_URL', ['redis:', 'rediss:']);
	return withoutEmpty({
		QUEUE_BULL_REDIS_HOST: url.hostname,
		QUEUE_BULL_REDIS_PORT: url.port || '6379',
		QUEUE_BULL_REDIS_USERNAME: user,
		QUEUE_BULL_REDIS_PASSWORD: password,
		QUEUE_BULL_REDIS_DB: name,
		QUEUE_BULL_REDIS_TLS: url.protocol === 'rediss:' ? 'true' : '',
	});
}

/** n8n's own settings for a database, from `postgres://user:password@host:5432/database`. */
export function databaseSettings(address: string): Record<string, string> {
	const schemes = ['postgres:', 'postgresql:'];
	const { url, user, password, name } = parse(address, 'DATABASE_URL', schemes);
	return withoutEmpty({
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: url.hostname,
		DB_POSTGRESDB_PORT: url.port || '5432',
		DB_POSTGRESDB_USER: user,
		DB_POSTGRESDB_PASSWORD: password,
		DB_POSTGRESDB_DATABASE: name,
	});
}

function parse(address: string, variable: string, schemes: readonly string[]) {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	if (url === undefined || !schemes.includes(url.protocol)) {
		// The address may hold a password: it is not repeated.
		throw new Error(`${variable} is not an address that starts with ${schemes[0]}//`);
	}
	return {
		url,
		user: decodeURIComponent(url.username),
		password: decodeURIComponent(url.password),
		name: decodeURIComponent(url.pathname.slice(1)),
	};
}

function withoutEmpty(settings: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ''));
}

/** What of the environment is n8n's own settings for Redis and the database. */
export function ownSettings(
	prefixes: readonly string[],
	env: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
	const own = Object.entries(env).filter(([name]) =>
		prefixes.some((prefix) => name.startsWith(prefix)),
	);
	return Object.fromEntries(own.map(([name, value]) => [name, value ?? '']));
}
