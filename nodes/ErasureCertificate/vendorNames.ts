/** How the page of a certificate calls the vendors, whose names in receipts are those of the nodes. */
export const vendorNames: Readonly<Record<string, string>> = {
	creovai: 'Creovai',
	flyflow: 'Flyflow',
	happyRobot: 'HappyRobot',
	kaleyra: 'Kaleyra',
	verba: 'Verint Verba',
};
