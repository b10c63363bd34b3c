import { COMMON_FACT_DESCRIPTIONS, type FactDescription, words, YES } from './common-fact-descriptions.ts';
import { DISABILITY_FACT_DESCRIPTIONS } from './disability-fact-descriptions.ts';
import type { FactKind } from './facts.ts';

/** Every kind of fact in words, for forms, schemas and documentation; a kind that is added is described here. */
export const FACT_DESCRIPTIONS: Readonly<Record<FactKind, FactDescription>> = {
  ...COMMON_FACT_DESCRIPTIONS,
  'care-setting': {
    names: words('供养方式', 'who provides'),
    form: words('institution（集中、机构）、family（分散、散居）', 'institution or family'),
    example: 'family',
  },
  'child-category': {
    names: words('儿童类别', 'category of children'),
    form: words('政策库中的类别代码', 'a code of the policy'),
    example: '201',
  },
  guardianship: {
    names: words('监护变化', 'change of guardianship'),
    form: words(
      'adopted（被收养）、parent-found（查找到生父母）、parents-able（父母恢复抚养），空为撤销或不再如此',
      'adopted, parent-found or parents-able, empty when withdrawn or no longer so',
    ),
    example: 'adopted',
  },
  'interim-aid': {
    names: words('临时生活补贴', 'interim aid until the confirmation'),
    form: YES,
    example: 'yes',
  },
  'settled-adult': {
    names: words('成年安置', 'settlement as an adult'),
    form: words('“日期/文号”，空为撤销', '`<date>/<number>`, empty when withdrawn'),
    example: '2026-09-10/示例〔2026〕8号',
  },
  'care-level': {
    names: words('照护等级', 'level of care'),
    form: words(
      '政策库中的等级，如“1”“severe”，空为无',
      'a level of the policy such as "1" or "severe", empty for none',
    ),
    example: '2',
  },
  'service-class': {
    names: words('养老服务对象类别', 'class for service subsidies'),
    form: words('政策库中的类别，空为无', 'a class of the policy, empty for none'),
    example: 'special-family',
  },
  ...DISABILITY_FACT_DESCRIPTIONS,
};
