/**
 * The arrows of the house (docs/architecture.md): nothing imports in a circle, the domain knows
 * neither n8n nor a vendor, no vendor knows another, and each room of nodes/shared builds on the
 * rooms below it alone.
 */
const roomsFromTheGround = [
	'secrets',
	'sending',
	'parameters',
	'receipts',
	'deletion',
	'operations',
	'vendor',
	'requests',
];

const upward = roomsFromTheGround.map((room, floor) => ({
	name: `${room}-builds-on-rooms-below`,
	severity: 'error',
	from: { path: `^nodes/shared/${room}/` },
	to: { path: `^nodes/shared/(${roomsFromTheGround.slice(floor + 1).join('|') || 'none'})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		{ name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
		{
			name: 'the-domain-knows-no-vendor-and-no-n8n',
			severity: 'error',
			from: { path: '^erasure/' },
			to: { path: '^(nodes|credentials)/|n8n-' },
		},
		{
			name: 'delivery-knows-no-verdicts',
			severity: 'error',
			from: {
				path: '^erasure/(accountPace|accountPaces|blame|delivery|pace|pushBacks|reply|retryAfter|sendQueue|standing|vendorRate|wait|watcher|window)\\.ts$',
			},
			to: {
				path: '^erasure/',
				pathNot:
					'^erasure/(accountPace|accountPaces|blame|clock|delivery|pace|pushBacks|reply|retryAfter|sendQueue|standing|vendorRate|wait|watcher|window)\\.ts$',
			},
		},
		{
			name: 'no-vendor-knows-another',
			severity: 'error',
			from: { path: '^nodes/([A-Z][A-Za-z]+)/' },
			to: { path: '^nodes/[A-Z]', pathNot: '^nodes/$1/' },
		},
		{
			name: 'shared-knows-no-vendor',
			severity: 'error',
			from: { path: '^nodes/shared/' },
			to: { path: '^nodes/[A-Z]' },
		},
		...upward,
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.check.json' },
	},
};
