import { parseDocumentNumber } from '../document-number.ts';
import { oneOf, pastDate } from '../register/column-words.ts';
import { orWithdrawn, type ProgrammeColumns } from '../register/fact-columns.ts';
import { HOUSEHOLD_COLUMNS } from '../register/household-columns.ts';
import type { RowValues } from '../register/sheets.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';

const setting = oneOf('invalid/care-setting', {
  机构养育: 'institution',
  集中: 'institution',
  机构: 'institution',
  散居: 'family',
  家庭: 'family',
  institution: 'institution',
  family: 'family',
});
const guardianship = oneOf('invalid/guardianship', {
  被收养: 'adopted',
  查找到父母: 'parent-found',
  父母恢复抚养: 'parents-able',
  adopted: 'adopted',
  'parent-found': 'parent-found',
  'parents-able': 'parents-able',
});
const interim = oneOf('invalid/interim-aid', {
  是: 'yes',
  给予: 'yes',
  停止: '',
  否: '',
  yes: 'yes',
  no: '',
});

function category(cell: string): Result<string> {
  if (/^[0-9A-Za-z][0-9A-Za-z-]{0,19}$/.test(cell)) return ok(cell);
  return refuse(
    refusal(
      'invalid/child-category',
      '儿童类别应为政策库中的类别代码，例如 201',
      'the category of a child is a code of the policy, e.g. 201',
    ),
  );
}

/** 成年安置: the number of the document, dated by the column beside it. */
function settlement(cells: RowValues): Result<string> {
  const [on, document] = [cells['settledOn'], cells['settlement']];
  if (document === '' || document === undefined) return ok('');
  return on === undefined
    ? refuse(
        refusal(
          'invalid/settled-adult',
          '成年安置须同时填写日期和文号',
          'a settlement as an adult needs its date and its document number',
        ),
      )
    : ok(`${on}/${document}`);
}

/** Columns of the register sheet of the programmes for children. All of them may be left out. */
export const CHILD_COLUMNS: ProgrammeColumns = {
  category: {
    zh: '儿童类别',
    en: 'Category of child',
    aliases: ['类别代码'],
    example: '201',
    parse: category,
    fact: { of: 'enrolment', kind: 'child-category', from: { column: 'recognisedOn' } },
  },
  careSetting: {
    zh: '养育方式',
    en: 'Care setting',
    example: '散居',
    parse: setting,
    fact: { of: 'enrolment', kind: 'care-setting', from: { column: 'recognisedOn' } },
  },
  recognisedOn: {
    zh: '类别和养育方式自',
    en: 'Category and setting from',
    content: 'date',
    example: '2026-01-12',
    parse: pastDate,
  },
  student: {
    ...HOUSEHOLD_COLUMNS.student,
    fact: { of: 'person', kind: 'student', from: { column: 'studySince' } },
  },
  studySince: { zh: '在读阶段自', en: 'Study since', content: 'date', parse: pastDate },
  guardianship: {
    zh: '监护变化',
    en: 'Change of guardianship',
    parse: orWithdrawn(guardianship),
    fact: { of: 'enrolment', kind: 'guardianship', from: { column: 'guardianshipOn' } },
  },
  guardianshipOn: { zh: '监护变化日期', en: 'Guardianship changed on', content: 'date', parse: pastDate },
  interimAid: {
    zh: '临时生活补贴',
    en: 'Interim aid',
    parse: interim,
    fact: { of: 'enrolment', kind: 'interim-aid', from: { column: 'interimAidFrom' } },
  },
  interimAidFrom: { zh: '临时生活补贴自', en: 'Interim aid from', content: 'date', parse: pastDate },
  settlement: {
    zh: '成年安置文号',
    en: 'Settlement document',
    parse: orWithdrawn((cell) => parseDocumentNumber(cell)),
    fact: { of: 'enrolment', kind: 'settled-adult', from: { column: 'settledOn' }, value: settlement },
  },
  settledOn: { zh: '成年安置日期', en: 'Settled on', content: 'date', parse: pastDate },
};
