const { buildPackage } = require('./scripts/build/bundles');
const { readPackages } = require('./scripts/build/packages');

exports.build = async function build() {
	for (const each of readPackages(__dirname)) await buildPackage(__dirname, each);
};
