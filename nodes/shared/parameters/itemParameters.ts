import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readIdentifiers, type IdentifierCheck } from '../../../erasure/identifier';
import { quoteVendor } from '../../../erasure/mask';
import { asArray, blanksAfterCommas, idsAsWritten } from './idsAsWritten';
import { readAsWritten } from './deletionSettings';
import { readerOfItemField, type ReadField } from './itemField';
import { messageOf } from './messageOf';

/** What the user gave for one item cannot be used. The message names parameter, item and way out. */
export class BadInput extends Error {
	constructor(
		message: string,
		readonly itemIndex: number,
	) {
		super(message);
		this.name = 'BadInput';
	}
}

/** What a parameter takes, where that is more than IDs of any form. */
export interface IdentifierForm {
	/** What else its values are called, for example as a column's header. */
	readonly names?: readonly string[];
	/** Numbers to dial, in which blanks, brackets and a plus are at home. */
	readonly isNumber?: boolean;
	/**
	 * Holds a value against the form that the vendor states.
	 *
	 * @returns the end of a sentence that starts with the parameter's name, for one of another form
	 */
	readonly formOf?: (identifier: string) => string | undefined;
	/** A sentence that says which form that is. */
	readonly form?: string;
}

/** Reads the parameters that select records, for one item. */
export class ItemParameters {
	constructor(
		private readonly context: IExecuteFunctions,
		readonly itemIndex: number,
		private readonly fields: ItemFields = new ItemFields(context),
	) {}

	/**
	 * Reads a parameter that takes one ID, a list as people paste it, or an array.
	 *
	 * @param displayName the parameter's name as the user sees it
	 * @throws BadInput if any entry is unfit to be sent
	 */
	identifiers(name: string, displayName: string, form: IdentifierForm = {}): readonly string[] {
		const check = readIdentifiers(this.read(name, displayName), {
			...form,
			names: [name, displayName, ...(form.names ?? [])],
			isChosen: this.fields.isChosen(name),
			asWritten: this.setting(() => this.fields.areAsWritten()),
		});
		if (check.valid) return check.identifiers;
		const losesLines = this.fields.losesLines(name);
		throw this.badInput(displayName, check.problem, wayOutOf(check, form, losesLines));
	}

	/** Reads a parameter that takes exactly one ID. */
	identifier(name: string, displayName: string, form: IdentifierForm = {}): string {
		const [identifier, ...others] = this.identifiers(name, displayName, form);
		if (identifier === undefined || others.length > 0) {
			throw new BadInput(
				`${displayName} holds ${others.length + 1} IDs in item ${this.itemIndex}, where one is expected. Give one ID for each item`,
				this.itemIndex,
			);
		}
		return identifier;
	}

	private badInput(displayName: string, problem: string, wayOut: string): BadInput {
		const { itemIndex } = this;
		return new BadInput(`${displayName} ${problem} in item ${itemIndex}. ${wayOut}`, itemIndex);
	}

	/**
	 * Reads what holds for all items, such as an option.
	 *
	 * @throws BadInput where `read` throws: what cannot be read must not stop a run that carries on
	 */
	setting<T>(read: (context: IExecuteFunctions) => T): T {
		const setting = orProblem(() => read(this.context));
		if ('value' in setting) return setting.value;
		throw new BadInput(quoteVendor(setting.problem), this.itemIndex);
	}

	/**
	 * Reads any parameter, as it is.
	 *
	 * @throws BadInput if its expression cannot be read
	 */
	read(name: string, displayName: string): unknown {
		const field = this.fields.read(name, this.itemIndex);
		if (field !== undefined) return field;
		let problem: string;
		try {
			// A field with a list holds more than the ID; any other field is not affected.
			return this.context.getNodeParameter(name, this.itemIndex, undefined, { extractValue: true });
		} catch (error) {
			// n8n quotes what it could not read, which may be a phone number.
			problem = quoteVendor(error instanceof Error ? error.message : 'no details given');
		}
		throw new BadInput(
			`The expression in ${displayName} cannot be read in item ${this.itemIndex}: ${problem.replace(/\.$/, '')}. Check it`,
			this.itemIndex,
		);
	}
}

function orProblem<T>(read: () => T): { readonly value: T } | { readonly problem: string } {
	try {
		return { value: read() };
	} catch (error) {
		return { problem: messageOf(error) };
	}
}

const check = 'Check the expression or the data that it reads';

function wayOutOf(
	{ reason }: Extract<IdentifierCheck, { valid: false }>,
	{ form, isNumber = false }: IdentifierForm,
	losesLines: boolean,
): string {
	if (reason === 'form' && form !== undefined) return `${form}. ${check}`;
	if (reason === 'pastedList') return `${check}; ${asArray}`;
	if (reason === 'defect' || reason === 'form' || isNumber) return check;
	if (reason === 'commas') return `${check}; ${blanksAfterCommas}`;
	const first = reason === 'severalInOne' && losesLines ? pasteLinesElsewhere : check;
	return `${first}; if IDs really look like that, add the option ${idsAsWritten.displayName}`;
}

/** The browser makes blanks of line breaks that are pasted into a field of one line. */
const pasteLinesElsewhere =
	'Separate IDs by commas or semicolons. This field makes blanks of pasted line breaks: to paste a column, set the field to Expression first';

/** What holds for the parameters of all items, looked up once. */
export class ItemFields {
	private readonly readers = new Map<string, ReadField | undefined>();

	private readonly storedByName = new Map<string, unknown>();

	private items: readonly INodeExecutionData[] | undefined;

	private asWritten: boolean | undefined;

	constructor(private readonly context: IExecuteFunctions) {}

	/**
	 * Reads a parameter that only names a field of the item without n8n's expression engine.
	 *
	 * @returns undefined where the engine has to be asked
	 */
	read(name: string, itemIndex: number): string | number | undefined {
		if (!this.readers.has(name)) {
			const stored = this.stored(name);
			const raw = isLocator(stored) ? stored.value : stored;
			this.readers.set(name, readerOfItemField(raw));
		}
		const reader = this.readers.get(name);
		if (reader === undefined) return undefined;
		const item = (this.items ??= this.context.getInputData())[itemIndex];
		return item === undefined ? undefined : reader(item);
	}

	/** Whether the parameter holds what was chosen From List: the vendor's own ID, and one. */
	isChosen(name: string): boolean {
		const stored = this.stored(name);
		if (!isLocator(stored) || stored.mode !== 'list') return false;
		return typeof stored.value === 'string' && !stored.value.startsWith('=');
	}

	/** Whether the parameter was typed or pasted into a field that has one line. n8n has no other with a list. */
	losesLines(name: string): boolean {
		const stored = this.stored(name);
		return isLocator(stored) && typeof stored.value === 'string' && !stored.value.startsWith('=');
	}

	/** @throws UserError if the option holds something else than true or false */
	areAsWritten(): boolean {
		this.asWritten ??= readAsWritten(this.context);
		return this.asWritten;
	}

	/** Whether the parameter holds anything at all: a value or an expression. */
	isSet(name: string): boolean {
		return this.stored(name) !== '';
	}

	/** The parameter before evaluation. */
	private stored(name: string): unknown {
		if (!this.storedByName.has(name)) {
			const raw: unknown = this.context.getNodeParameter(name, 0, '', { rawExpressions: true });
			this.storedByName.set(name, raw);
		}
		return this.storedByName.get(name);
	}
}

/** A field with a list holds its value one step further in. */
function isLocator(
	stored: unknown,
): stored is { readonly value: unknown; readonly mode?: unknown } {
	return typeof stored === 'object' && stored !== null && '__rl' in stored && 'value' in stored;
}
