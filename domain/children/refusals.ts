import { refusal } from '../result.ts';
import type { Category } from './parameters.ts';

/** What keeps the amount of a child from being told, and who can mend it. */
type Known = readonly Pick<Category, 'code' | 'names'>[];
const listed = (categories: Known, language: 'zh' | 'en') =>
  categories.map(({ code, names }) => `${code} ${names[language]}`).join(language === 'zh' ? '、' : ', ');

export function noCategory(enrolment: string, categories: Known) {
  return refusal(
    'missing/child-category',
    `${enrolment} 没有儿童类别，而各类别标准不同：请在对象信息库补录类别代码（${listed(categories, 'zh')}）`,
    `${enrolment} has no category, and the amounts of the categories differ: add its code to the register (${listed(categories, 'en')})`,
    { enrolment },
  );
}

export function unknownCategory(enrolment: string, code: string, categories: Known) {
  return refusal(
    'policy/child-category',
    `${enrolment} 的儿童类别 ${code} 不在当地本项目的类别之内（${listed(categories, 'zh')}）：请更正类别，或先补充政策`,
    `category ${code} of ${enrolment} is not one that the place has for this programme (${listed(categories, 'en')}): correct it, or add it to the policy`,
    { enrolment, code },
  );
}

export function noSetting(enrolment: string) {
  return refusal(
    'missing/care-setting',
    `${enrolment} 没有养育方式，而机构养育和散居标准不同：请在对象信息库补录`,
    `${enrolment} does not say whether the child lives in an institution or a family, and the amounts differ: add it to the register`,
    { enrolment },
  );
}

export function contradictingSetting(enrolment: string, code: string) {
  return refusal(
    'conflict/care-setting',
    `${enrolment} 的养育方式与儿童类别 ${code} 不一致，而两者标准不同：请更正其中之一`,
    `where the child of ${enrolment} lives contradicts category ${code}, and the amounts differ: correct one of them`,
    { enrolment, code },
  );
}

export function linkedTwice(programme: string, linkedTo: string) {
  return refusal(
    'policy/linked-standard',
    `${programme} 的标准与 ${linkedTo} 挂钩，而后者也是挂钩的：请直接写明标准`,
    `the standard of ${programme} is linked to that of ${linkedTo}, which is linked itself: state its amounts`,
    { programme, linkedTo },
  );
}
