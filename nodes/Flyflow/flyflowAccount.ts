import { bearerAccount } from '../shared/sending/bearerKey';

/** The Flyflow API: https://docs.flyflow.dev/docs/endpoints-1. */
export const flyflow = bearerAccount({
	vendor: 'flyflow',
	vendorName: 'Flyflow',
	credentialName: 'flyflowApi',
});
