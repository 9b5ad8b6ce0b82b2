/**
 * IDs that no vendor's node may turn down: of the forms that the vendors' pages show or state, and of
 * what telephone systems call a call, which Verba takes as Platform Call ID and Native ID.
 */
export const realIds: ReadonlyArray<readonly [what: string, ids: readonly string[]]> = [
	[
		'Flyflow',
		['call_1', 'call_9', 'call_10', 'call_123', 'call_20261122', 'call_1e5', '10', '1234567'],
	],
	['Flyflow, agents', ['agent_1', 'agent_2', 'agt_7']],
	['Kaleyra', ['1120000000000207', '112000000000207', '1120000000000000', '900719925474099267']],
	['Kaleyra, WABA', ['102290129340398']],
	[
		'Creovai',
		['s000001', 'S-1', '0f8a6c1e-7d52-4b7e-9a31-5c2d8e4f6b10', 'session-2026-11-22-0001'],
	],
	['Creovai, own names', ['acme:1042', 'store-7', '2026-11-22-104512-ext7', 'a1', 'x9']],
	[
		'Verba, call IDs',
		['a8343631-9f35-4a3a-83f0-9e81592339fb', 'A8343631-9F35-4A3A-83F0-9E81592339FB'],
	],
	['Verba, platform IDs', ['71627389', '16778217', '4294967295']],
	['Verba, native IDs', ['TRS26140192', 'TRS7', 'TRS00000001']],
	['Verba, meetings', ['WHBFM6DD', 'WHBFMQDD', '22222222', 'ABCDEFGH', '1E5WHBFM']],
	[
		'HappyRobot',
		['64b7f0c2a91d3e5f60718293', '000000000000000000000001', '64b7f0c2a91d3e5f6071829e'],
	],
	[
		'SIP',
		['a84b4c76e66710@pc33.example.com', '3848276298220188511@10.0.0.5', 'f81d4fae@192.168.1.1'],
	],
	['Asterisk', ['1763856000.4711', 'pbx1-1763856000.4711']],
	['Avaya', ['00001002941234567890', '0000100294']],
	['Cisco', ['16777985-1', 'b1e4d3a0-0000-1000-8000-0800200c9a66']],
	['Teams', ['19:meeting_ZWRhMzA2YjQtYWE3@thread.v2', '4fb1a1c2-71d2-4d1a-b8f3-1f6b0c3a5d2e']],
	['Lync', ['AdPq3Xk0zRZt5m8Rn1yQ4w==', 'Ad8xkKQ1T6e9sVb2uYcW3g==']],
	['Twilio', ['CA316cb4b4a28e929941b72f703361323c']],
	[
		'years in IDs',
		['2026', '20261122', '20261122101500', '2026-000123', 'REC-2026-00017', '1763856000'],
	],
	[
		'words in IDs',
		['undefined_1', 'null-7', 'test_1', 'nan2', 'error9', 'id-7f3a', 'total-1', 'may-1x'],
	],
	['signs in IDs', ['a[1]', 'a(1)', 'x.1.y', 'a/b', 'a#1', 'a@1', 'a=', 'ab/c?d#é漢😀']],
];
