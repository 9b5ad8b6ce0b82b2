import { UserError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { idsAsWritten } from './idsAsWritten';
import { checkToolInput } from './toolInput';
import { isPreview, isTool } from './deletionMode';
import { defaultMaximumTargets, type DeletionDefaults } from './deletionFields';
import { mostConcurrency } from './paceOptions';
import { defaultTimeoutMs, longestTimeoutMs } from '../sending/timeouts';

/** How fast requests are sent, and how long their answers are waited for. */
export interface PaceSettings {
	readonly maxConcurrency: number;
	readonly requestsPerSecond: number | undefined;
	/** Milliseconds. */
	readonly timeout: number;
}

/** The choices that hold for a whole run, checked. */
export interface DeletionSettings extends PaceSettings {
	readonly preview: boolean;
	/** Whether the node runs as an agent's tool. */
	readonly asTool: boolean;
	/** Only these targets may be deleted; empty if no plan is asked for. */
	readonly approvedPlan: string;
	readonly notFoundIsSuccess: boolean;
	readonly includeVendorResponse: boolean;
	readonly maximumTargets: number;
	readonly recheck: boolean;
}

/**
 * Reads what cannot vary by item, once, from the first item.
 *
 * @throws UserError naming the parameter whose value cannot be used
 */
export function readDeletionSettings(
	context: IExecuteFunctions,
	defaults: DeletionDefaults,
): DeletionSettings {
	checkToolInput(context);
	const mode: unknown = context.getNodeParameter('deletionMode', 0, 'auto');
	const asTool = isTool(context.getNode());
	const read = readOptions(context);
	return {
		preview: isPreview(mode, context.getMode(), asTool),
		asTool,
		approvedPlan: read.plan('approvedPlan', 'Approved Plan'),
		notFoundIsSuccess: read.choice('ifNotFound', 'If Not Found', ['succeed', 'fail']) === 'succeed',
		includeVendorResponse: read.boolean('includeVendorResponse', 'Include Vendor Response'),
		maximumTargets: read.count('maximumTargets', 'Maximum Targets', defaultMaximumTargets),
		// The value may be left over from an operation that offers it.
		recheck:
			defaults.canLook && (defaults.alwaysRechecks === true || read.boolean('recheck', 'Recheck')),
		...readPace(read, defaults.maxConcurrency),
	};
}

/**
 * Whether text is one ID, whatever it looks like.
 *
 * @throws UserError if the option holds something else than true or false
 */
export function readAsWritten(context: IExecuteFunctions): boolean {
	return readOptions(context).boolean(idsAsWritten.name, idsAsWritten.displayName);
}

/** @throws UserError naming the option whose value cannot be used */
export function readPace(read: OptionReader, maxConcurrency: number): PaceSettings {
	const requestsPerSecond = read.number('requestsPerSecond', 'Requests per Second', 0, 0);
	return {
		maxConcurrency: read.count(
			'maxConcurrency',
			'Maximum Concurrency',
			maxConcurrency,
			mostConcurrency,
		),
		requestsPerSecond: requestsPerSecond === 0 ? undefined : requestsPerSecond,
		timeout: read.count('timeout', 'Timeout', defaultTimeoutMs, longestTimeoutMs),
	};
}

/** Reads the options of the whole run, from the first item: the shared ones and a vendor's own. */
export function readOptions(context: IExecuteFunctions): OptionReader {
	return new OptionReader(context.getNodeParameter('options', 0, {}));
}

/** Options may be expressions, so each may hold anything; a wrong one stops the run before it starts. */
export class OptionReader {
	constructor(private readonly options: IDataObject) {}

	count(
		name: string,
		displayName: string,
		fallback: number,
		most = Number.MAX_SAFE_INTEGER,
	): number {
		const value = this.number(name, displayName, fallback, 1);
		if (!Number.isInteger(value)) throw unusable(displayName, 'a whole number of at least 1');
		if (value > most) throw unusable(displayName, `a whole number of at most ${most}`);
		return value;
	}

	number(name: string, displayName: string, fallback: number, least: number): number {
		const value = this.options[name] ?? fallback;
		if (typeof value !== 'number' || !Number.isFinite(value) || value < least) {
			throw unusable(displayName, `a number of at least ${least}`);
		}
		return value;
	}

	/** Strict, because an expression can yield the text "false", which is true to JavaScript. */
	boolean(name: string, displayName: string, fallback = false): boolean {
		const value = this.options[name] ?? fallback;
		if (typeof value !== 'boolean') throw unusable(displayName, 'true or false');
		return value;
	}

	/** @returns an empty text where the option is not set */
	plan(name: string, displayName: string): string {
		const value = this.options[name] ?? '';
		if (typeof value !== 'string') throw unusable(displayName, 'text');
		// An approval that got lost on its way must not turn into "no approval needed".
		if (name in this.options && value.trim() === '') {
			throw unusable(displayName, 'a plan. Remove the option if none is needed');
		}
		return value.trim();
	}

	/** @returns the value, or the first of the choices where the option is not set */
	choice<T extends string>(name: string, displayName: string, choices: readonly [T, ...T[]]): T {
		const value = this.options[name] ?? choices[0];
		const choice = choices.find((candidate) => candidate === value);
		if (choice === undefined) throw unusable(displayName, `one of ${choices.join(', ')}`);
		return choice;
	}
}

function unusable(displayName: string, expected: string): UserError {
	return new UserError(`${displayName} in the node's options must be ${expected}`);
}
