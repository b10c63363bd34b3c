import type { ComparedLine } from '../../domain/go-live/parallel.ts';
import { subjectOf } from '../../domain/ids.ts';
import { maskId, maskName } from '../../domain/mask.ts';
import { toYuan } from '../../domain/money.ts';
import { BYTE_ORDER_MARK, csvLine } from '../../domain/register/csv-cells.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { nameBearers } from '../register/name-bearers.ts';

/** Who a line is about, for the report alone. */
export type Named = { readonly name: string; readonly idNumber: string };

/** Records that are open at once: of each only a masked name stays. */
const SUBJECTS_AT_ONCE = 250;

/**
 * The report as CSV. Unmasked are only rows of the list, in the caller's own words: of whom it does not name, the register tells no
 * more than a masked name, that of the head where a household is meant.
 */
export async function comparisonReport(
  register: RegisterStore,
  lines: readonly ComparedLine[],
  names: ReadonlyMap<number, Named>,
  unmasked: boolean,
): Promise<string> {
  const ours = await maskedNames(register, lines);
  const body = lines.map(({ result, row, enrolment, ours: mine, theirs, why }) => {
    const stated = row === undefined ? undefined : names.get(row);
    const known = stated ? (unmasked ? stated : masked(stated)) : ours.get(enrolment ?? '');
    const { name, idNumber } = known ?? { name: '', idNumber: '' };
    const place = [RESULT_NAMES[result], String(row ?? ''), name, idNumber, enrolment ?? ''];
    return csvLine([...place, toYuan(mine), toYuan(theirs), why.zh, why.en]);
  });
  return BYTE_ORDER_MARK + csvLine(HEADINGS) + body.join('');
}

const masked = ({ name, idNumber }: Named): Named => ({
  name: maskName(name),
  idNumber: maskId(idNumber.trim()),
});

/** By enrolment, of lines that no row of the list is about. */
async function maskedNames(register: RegisterStore, lines: readonly ComparedLine[]) {
  const enrolments = lines.flatMap(({ row, enrolment }) =>
    row === undefined && enrolment !== undefined ? [enrolment] : [],
  );
  const found = new Map<string, Named>();
  for (let at = 0; at < enrolments.length; at += SUBJECTS_AT_ONCE) {
    const some = enrolments.slice(at, at + SUBJECTS_AT_ONCE);
    const bearers = await nameBearers(register, some.map(subjectOf));
    for (const enrolment of some) {
      const record = bearers.get(subjectOf(enrolment));
      if (record) found.set(enrolment, masked({ name: record.legalName, idNumber: record.idNumber }));
    }
  }
  return found;
}

const HEADINGS = [
  '结果',
  '名册行号',
  '姓名',
  '身份证号',
  '对象编号',
  '本系统金额',
  '名册金额',
  '原因',
  'Reason',
];
const RESULT_NAMES: Record<ComparedLine['result'], string> = {
  same: '一致',
  amount: '金额不同',
  'only-here': '仅本系统',
  'only-there': '仅名册',
  duplicate: '名册重复',
  unreadable: '名册无法读取',
};
