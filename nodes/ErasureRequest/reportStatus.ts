import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isMissing } from '../../erasure/receiptFields';
import type { RequestProtocol } from '../../erasure/requests/intake';
import type { RequestKeysInTurn } from '../../erasure/requests/requestKeys';
import { isRequestKey } from '../../erasure/requests/requestMarks';
import type { RequestState } from '../../erasure/requests/requestState';
import { unsealCallback, type ReturnAddress } from '../../erasure/requests/sealedCallback';
import { reportIdOf, reportsOf, type StatusReport } from '../../erasure/requests/statusReport';
import type { Operation } from '../shared/operations/operations';
import { executeReading } from '../shared/operations/reading';
import type { ItemParameters } from '../shared/parameters/itemParameters';
import { UnusableValue } from '../shared/parameters/unusableValue';
import { credentialNameOf, openIntake } from '../shared/requests/protocols';
import { checkHosts, readHosts } from './allowedHosts';
import { deliverReport, type ReportSender } from './deliverReport';
import { allowedHosts, callback, receipts, requestKey, state } from './fields';
import { isChosenState, stateFrom } from './readState';

export const reportStatus: Operation = {
	name: 'Report Status',
	action: 'Report the status of a request',
	subtitle: 'report the status',
	description: 'Tell the sender how far its request is, at the callback that it gave',
	fields: [callback, requestKey, state, receipts, allowedHosts],
	example: {
		requestKey: '9f86d081',
		state: 'deleted',
		reported: true,
		callbackHosts: ['shop.example.com'],
		at: '2026-11-26T10:00:00.000Z',
	},
	execute,
};

async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const open = async () => await openSender(context);
	return await executeReading(context, open, async ({ keys, sender }, parameters) => {
		const key = readKey(parameters);
		const reached = readState(parameters);
		const to = readCallback(parameters, key, keys);
		if (to === undefined) return [describe(key, reached, [])];
		const reports = reportsOf(to, key, reached);
		const hosts = checkHosts(
			to.callbacks.map(({ url }) => url),
			readHosts(parameters.read(allowedHosts.name, allowedHosts.displayName)),
		);
		await deliverAll(reports, reportIdOf(key, reached), sender);
		return [describe(key, reached, hosts)];
	});
}

/** One callback that takes nothing keeps no other from hearing. @throws UserError of the first that did not */
async function deliverAll(
	reports: readonly StatusReport[],
	id: string,
	sender: ReportSender,
): Promise<void> {
	const deliveries = reports.map(async (report) => await deliverReport(report, id, sender));
	const results = await Promise.allSettled(deliveries);
	const failed = results.find((result) => result.status === 'rejected');
	if (failed !== undefined) throw failed.reason;
}

async function openSender(
	context: IExecuteFunctions,
): Promise<{ readonly keys: RequestKeysInTurn; readonly sender: ReportSender }> {
	const protocol = context.getNodeParameter('protocol', 0) as RequestProtocol;
	const { intake, signingSecret, data } = await openIntake(context, protocol);
	const signing = signingSecret === undefined ? {} : { signingSecret };
	const credential = { name: credentialNameOf(protocol), data };
	return { keys: intake.keys, sender: { context, credential, ...signing } };
}

/** @param hosts those that have taken the report; none where the sender wants to hear nothing */
function describe(key: string, reached: RequestState, hosts: readonly string[]): IDataObject {
	return {
		requestKey: key,
		state: reached,
		reported: hosts.length > 0,
		callbackHosts: [...hosts],
		at: new Date().toISOString(),
	};
}

function readKey(parameters: ItemParameters): string {
	const value = parameters.read(requestKey.name, requestKey.displayName);
	if (isRequestKey(value)) return value;
	throw new UnusableValue(
		requestKey.displayName,
		'is not the key of a request',
		'Give the requestKey that the trigger gave: 64 hexadecimal digits',
	);
}

function readState(parameters: ItemParameters): RequestState {
	const value = parameters.read(state.name, state.displayName);
	if (value === 'fromReceipts') {
		return stateFrom(parameters.read(receipts.name, receipts.displayName));
	}
	if (isChosenState(value)) return value;
	throw new UnusableValue(
		state.displayName,
		'is none that can be given by hand',
		'Choose one from the list; that all is erased can only be said From Receipts',
	);
}

function readCallback(
	parameters: ItemParameters,
	key: string,
	keys: RequestKeysInTurn,
): ReturnAddress | undefined {
	const value = parameters.read(callback.name, callback.displayName);
	if (isMissing(value)) return undefined;
	const to = typeof value === 'string' ? unsealCallback(value, key, keys) : undefined;
	if (to !== undefined) return to;
	throw new UnusableValue(
		callback.displayName,
		'cannot be opened',
		'Give the callback as the trigger gave it, with the requestKey of the same request; if the secret was changed since, put the old one into the credentials as the previous one',
	);
}
