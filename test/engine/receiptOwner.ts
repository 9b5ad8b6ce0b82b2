/** Whose receipts a test writes, sealed as the nodes seal them. */
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { ReadReceipt } from '../../erasure/receiptReader';
import { receiptSealer, type ReceiptSealer } from '../../erasure/receiptSeal';
import { identifyAccount, identityOf } from '../../nodes/shared/sending/accountIdentity';

/**
 * @param account the digits that the node itself writes for these credentials, as in a preview
 * @throws Error if they are of another account
 */
export function ownerOf(
	credentials: Readonly<Record<string, ICredentialDataDecryptedObject>>,
	account: unknown,
): ReceiptSealer {
	for (const data of Object.values(credentials)) {
		const context = {};
		identifyAccount(context, data);
		// Kaleyra's has the SID in it.
		const path = typeof data.sid === 'string' ? `/v2/${data.sid}` : '';
		for (const text of Object.values(data).map(String)) {
			const address = `${text.replace(/\/$/, '')}${path}`;
			const sealer = receiptSealer(address, identityOf(context));
			if (sealer.account === account) return sealer;
		}
	}
	throw new Error('The receipts are of another account than the credentials');
}

/** The receipt as a node of that account writes it. */
export function writtenBy(owner: ReceiptSealer, receipt: IDataObject): IDataObject {
	const own = { ...receipt, account: owner.account };
	return { ...own, seal: owner.seal(own as unknown as ReadReceipt) };
}
