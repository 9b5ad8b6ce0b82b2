import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readIdentifiers } from '../../../erasure/identifier';
import { quoteVendor } from '../../../erasure/mask';
import { readerOfItemField, type ReadField } from './itemField';

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

/** Reads the parameters that select records, for one item. */
export class ItemParameters {
	constructor(
		private readonly context: IExecuteFunctions,
		readonly itemIndex: number,
		private readonly fields: ItemFields = new ItemFields(context),
	) {}

	/**
	 * Reads a parameter that takes one ID, a comma-separated list or an array.
	 *
	 * @param displayName the parameter's name as the user sees it
	 * @throws BadInput if any entry is unfit to be sent
	 */
	identifiers(name: string, displayName: string): readonly string[] {
		const check = readIdentifiers(this.read(name, displayName));
		if (check.valid) return check.identifiers;
		throw new BadInput(
			`${displayName} ${check.problem} in item ${this.itemIndex}. Check the expression or the data that it reads`,
			this.itemIndex,
		);
	}

	/** Reads a parameter that takes exactly one ID. */
	identifier(name: string, displayName: string): string {
		const [identifier, ...others] = this.identifiers(name, displayName);
		if (identifier === undefined || others.length > 0) {
			throw new BadInput(
				`${displayName} holds ${others.length + 1} IDs in item ${this.itemIndex}, where one is expected. Give one ID for each item`,
				this.itemIndex,
			);
		}
		return identifier;
	}

	private read(name: string, displayName: string): unknown {
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

/** The parameters that only name a field of the item, read without n8n's expression engine. */
export class ItemFields {
	private readonly readers = new Map<string, ReadField | undefined>();

	private items: readonly INodeExecutionData[] | undefined;

	constructor(private readonly context: IExecuteFunctions) {}

	/** @returns undefined where the engine has to be asked */
	read(name: string, itemIndex: number): string | number | undefined {
		if (!this.readers.has(name)) this.readers.set(name, readerOfItemField(this.stored(name)));
		const reader = this.readers.get(name);
		if (reader === undefined) return undefined;
		const item = (this.items ??= this.context.getInputData())[itemIndex];
		return item === undefined ? undefined : reader(item);
	}

	/** The parameter before evaluation; a field with a list holds its value one step further in. */
	private stored(name: string): unknown {
		const raw = this.context.getNodeParameter(name, 0, '', { rawExpressions: true }) as unknown;
		const isLocator = typeof raw === 'object' && raw !== null && '__rl' in raw && 'value' in raw;
		return isLocator ? raw.value : raw;
	}
}
