import { down, eachDown, eachDownWith, type Pasted } from './pasted';

const path = /^looks like a path, not an ID/;
const address = /^looks like a web address/;

/** Where something is, who it is of, or what it is called, in place of the ID alone. */
export const places: readonly Pasted[] = [
	...eachDownWith('a path', path, [
		(a) => `/v1/call/${a}`,
		(a) => `v1/call/${a}`,
		(a) => `call/${a}`,
		(a) => `calls/${a}/notes/1`,
		(a) => `/${a.toLowerCase()}`,
		(a) => `${a.toLowerCase()}/`,
		(a) => `../${a}`,
		(a) => `./${a}`,
		(a) => `~/${a}`,
		(a) => `DELETE /v1/call/${a}`,
	]),
	// What follows its signs may look like a code for a character.
	...eachDownWith('a path of Windows', /^looks like a path|^holds codes for characters/, [
		(a) => `C:\\calls\\${a}`,
		(a) => `\\\\server\\${a}`,
	]),
	...eachDownWith('an address', address, [
		(a) => `//app.example.com/${a}`,
		(a) => `app.example.com:8080/${a}`,
		(a) => `app.example.com?id=${a}`,
		(a) => `http://localhost:5678/${a}`,
		(a) => `localhost:5678/${a}`,
		(a) => `urn:uuid:${a}`,
		(a) => `?id=${a}`,
		(a) => `${a}?tab=notes`,
		(a) => `id=${a}&tab=notes`,
	]),
	...eachDown('an address of a machine', address, ['192.168.1.1', '192.168.1.1:8080', 'localhost']),
	...eachDown('an address of a telephone', address, ['tel:+15125551234', 'sip:anna@example.com']),
	...eachDown('an e-mail address', /^looks like an e-mail address|^looks like a web address/, [
		'anna@example.com',
		'anna.mueller@mail.example.co.uk',
		'anna+calls@example.com',
		'mailto:anna@example.com',
	]),
	...eachDownWith('a file', /^looks like a file, not an ID/, [
		(a) => `${a}.mp3`,
		(a) => `${a}.wav`,
		(a) => `${a}.json`,
		() => 'export.csv',
	]),
	...eachDownWith('a label', /^holds a label before the value/, [
		(a) => `id:${a}`,
		(a) => `Session ID: ${a}`,
		(a) => `uuid: ${a}`,
		(a) => `record_id=${a}`,
		(a) => `recordingKey=${a}`,
		(a) => `--id=${a}`,
		(a) => `id: '${a}'`,
	]),
	...eachDown('a phone number', /^looks like a phone number/, [
		'+1-512-555-1234',
		'+49(30)5551234',
		'512-555-1234',
		'512.555.1234',
		'1-512-555-1234',
	]),
	down('words around', /^looks like several IDs or words in one/, ([a]) => `please delete ${a}`),
	down('words after', /^looks like several IDs or words in one/, ([a]) => `${a} deleted`),
	down('a name in brackets', /^looks like several IDs or words in one/, ([a]) => `${a} (Anna)`),
];
