/** The codes of countries and of what has one like a country: ITU-T E.164, list of assigned country codes. */
const countryCode =
	/^(?:1|7|2(?:[07]|1[12368]|[2346]\d|5[0-8]|9[01789])|3(?:[0-469]|5\d|7\d|8[0-35-79])|4(?:[013-9]|2[013])|5(?:[1-8]|0\d|9\d)|6(?:[0-6]|7[02-9]|8[0-35-9]|9[0-2])|8(?:[1246]|0[08]|5[02356]|7[08]|8[01236])|9(?:[0-58]|6[0-8]|7[0-79]|9[2-68]))$/;

/**
 * Whether digits are the whole code of a country: `44`, but not `4` or `441`.
 *
 * @param digits without a plus
 */
export function isCountryCode(digits: string): boolean {
	return countryCode.test(digits);
}
