import { nameOf } from './placeholder';

/** What the columns of an export of calls, customers or cases are called, beside their IDs. */
const columns: ReadonlySet<string> = new Set([
	...[
		'name',
		'firstname',
		'lastname',
		'fullname',
		'vorname',
		'nachname',
		'email',
		'mail',
		'emailaddress',
		'address',
		'company',
		'firma',
	],
	...[
		'phone',
		'phones',
		'phonenumber',
		'phonenumbers',
		'telephone',
		'telefon',
		'telefonnummer',
		'rufnummer',
		'mobile',
		'handy',
		'tel',
	],
	...[
		'date',
		'datum',
		'time',
		'timestamp',
		'created',
		'createdat',
		'createddate',
		'updated',
		'updatedat',
		'status',
		'state',
		'duration',
	],
	...[
		'seconds',
		'note',
		'notes',
		'comment',
		'comments',
		'bemerkung',
		'customer',
		'customers',
		'kunde',
		'kunden',
		'client',
		'agent',
		'agents',
	],
	...[
		'type',
		'direction',
		'title',
		'subject',
		'description',
		'reason',
		'outcome',
		'caller',
		'callee',
		'call',
		'calls',
		'session',
		'sessions',
	],
	...[
		'conversation',
		'conversations',
		'flow',
		'flows',
		'record',
		'records',
		'recording',
		'recordings',
		'contact',
		'contacts',
		'value',
	],
	...['identifier', 'identifiers', 'uuid', 'guid', 'key', 'nummer', 'anruf', 'anrufe'],
]);

const nouns =
	'calls?|session|conversation|flow|notes?|meeting|native|platform(?:call)?|recording|record|contact|customer|client|user|account|agent|interaction|transaction|ticket|case|row|lead|organi[sz]ation|org|campaign|usecase|external|internal|message|thread|run|workflow|item|object|entity|order|unique|waba|phone|caller|callee|person|technicalcall|anruf|kunden?';

const ofIds = new RegExp(`^(?:${nouns})?(?:ids?|identifiers?|uuids?|guids?|keys?|nr|no|numbers?)$`);

/** Whether a text is what a column of IDs is called: the parameter's name, alone or in the plural. */
export function isHeader(text: string, { names }: { readonly names: readonly string[] }): boolean {
	// Only short texts can be one, and none has a digit.
	if (text.length > 40 || /\d/.test(text)) return false;
	const name = nameOf(text);
	// Other signs are of something masked, shortened or in brackets.
	const isWords = /^[\p{L}\p{N}]+(?:[\s_.#-]{1,2}[\p{L}\p{N}]+)*[.:#]?$/u.test(text);
	if (!isWords) return false;
	const isOwn = names.some((own) => singular(nameOf(own)) === singular(name));
	return isOwn || columns.has(name) || ofIds.test(name);
}

function singular(name: string): string {
	return name.replace(/s$/, '');
}

/** `ID:call_1`, `callId=call_1`, `recording_key = call_1` */
export function isLabelled(text: string, meaning: { readonly names: readonly string[] }): boolean {
	if (!/[:=]/.test(text)) return false;
	const [label = '', ...value] = text.split(/\s*[:=]\s*/);
	return value.join('') !== '' && label !== '' && isHeader(label, meaning);
}

/** `recordingKey=call_1`, `--id=call_1`. What ends in signs of equality alone may be Base64. */
export function isAssignment(text: string): boolean {
	return /^-{0,2}[\p{L}_][\p{L}\p{N}_.-]*\s*=+\s*[^=\s]/u.test(text);
}
