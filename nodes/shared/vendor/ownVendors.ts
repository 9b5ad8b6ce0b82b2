/** The vendors that have a node in this package, as receipts name them. */
export const ownVendors = ['creovai', 'flyflow', 'happyRobot', 'kaleyra', 'verba'];
