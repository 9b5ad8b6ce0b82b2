import { notErased, type Verdict } from '../../../erasure/outcome';
import { showReply, type Answer } from '../../../erasure/reply';
import type { Told } from '../../shared/vendor/deleteOperation';
import type { FieldPath } from '../description/fieldPath';
import type { HttpVendor } from '../description/httpVendor';
import { contentOf, holds, type Content, type Meaning, type Rule } from '../description/rule';
import { absenceIn } from './absence';
import { containsDenial } from './denial';
import { namesAnother, namesAnotherThere } from './otherRecord';
import { deniesDeletion, deniesItself, speaksOfTrouble, type Good } from './trouble';

/** What the answer to the deletion of one record says of it, by the rules. */
export function readDeletion(answer: Answer, recordId: string, vendor: HttpVendor): Told {
	const content = contentOf(answer);
	const said = meaningOf(content, recordId, vendor);
	if (said === undefined || said === 'contradictory') return said;
	return verdictOf(said, vendor, content.json ?? showReply(answer));
}

/**
 * What a content means by the rules: of an answer, or of one entry of it.
 *
 * @returns undefined where no rule holds
 */
export function meaningOf(
	content: Content,
	recordId: string,
	vendor: HttpVendor,
): Meaning | 'contradictory' | undefined {
	const { answers, absence, look } = vendor;
	const met = answers.rules.filter((rule) => holds(rule, content));
	const absent = absenceIn(content, absence, {
		recordId,
		idField: look?.idField,
		ofTheRecord: answers.fieldsOfRecord,
	});
	if (absent === 'contradictory') return 'contradictory';
	const meanings = new Set<Meaning>(met.map(({ meaning }) => meaning));
	if (absent === 'absent') meanings.add('notFound');
	const [meaning, ...others] = meanings;
	if (meaning === undefined || others.length > 0) return meaning && 'contradictory';
	const isGood = meaning === 'deleted' || meaning === 'accepted';
	return isGood && isContradicted(meaning, met, content, recordId, vendor)
		? 'contradictory'
		: meaning;
}

/** Whether a good answer says elsewhere that it went otherwise, or that it is about another record. */
function isContradicted(
	good: Good,
	met: readonly Rule[],
	{ json }: Content,
	recordId: string,
	{ answers, look }: HttpVendor,
): boolean {
	if (json === undefined) return false;
	const ofTheRecord = answers.fieldsOfRecord;
	const fields = met.flatMap(fieldOf);
	const named = { recordId, idField: look?.idField, fields, ofTheRecord };
	// What was taken on may have an ID of its own.
	const isOther =
		good === 'deleted'
			? namesAnother(json, named)
			: namesAnotherThere(json, look?.idField, recordId);
	return (
		isOther ||
		speaksOfTrouble(json, good, { fields: met.flatMap(fieldThatIsRead), ofTheRecord }) ||
		(good === 'deleted' && met.some((rule) => containsDenial(rule, json, deniesDeletion))) ||
		(good === 'accepted' && met.some((rule) => containsDenial(rule, json, deniesItself)))
	);
}

function fieldOf({ condition }: Rule): readonly FieldPath[] {
	return 'field' in condition ? [condition.field] : [];
}

/** That a field is there says nothing of what it says. */
function fieldThatIsRead(rule: Rule): readonly FieldPath[] {
	return rule.condition.kind === 'exists' ? [] : fieldOf(rule);
}

/** The verdict for a record of which this was said. */
export function verdictOf(
	said: Meaning,
	{ vendorName, answers, look }: HttpVendor,
	vendorResponse: unknown,
): Verdict {
	const reply = vendorResponse === undefined ? {} : { vendorResponse };
	switch (said) {
		case 'deleted':
			if (answers.prove) return { outcome: 'deleted', evidence: 'confirmed', ...reply };
			if (look === undefined) return { outcome: 'accepted', evidence: 'accepted', ...reply };
			return notErased('unknown', 'notUnderstood', provedByLook(vendorName), vendorResponse);
		case 'accepted':
			return { outcome: 'accepted', evidence: 'accepted', ...reply };
		case 'notFound':
			return { outcome: 'notFound', evidence: 'confirmed', ...reply };
		case 'refused':
			return notErased(
				'refused',
				'refusedByVendor',
				`${vendorName} turned it down, by a rule for Refused. Look at its answer with Include Vendor Response`,
				vendorResponse,
			);
	}
}

function provedByLook(vendorName: string): string {
	return `${vendorName}'s answer proves nothing, as the node says, and the record has not been looked up since. Look for the record at ${vendorName}`;
}
