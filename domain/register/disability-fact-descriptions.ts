import { DATE, type FactDescription, words, YES } from './common-fact-descriptions.ts';
import type { FactKind } from './facts.ts';

/** Kinds of fact that the disability subsidies and 优抚 look at. */
export const DISABILITY_FACT_DESCRIPTIONS = {
  'disability-card': {
    names: words('残疾人证', 'disability card'),
    form: words(
      '“valid:有效期截止日”、“valid:-”（长期有效）、frozen（冻结）、cancelled（注销）；自签发日起',
      '`valid:<last day>`, `valid:-` (without end), frozen or cancelled; from the day of issue',
    ),
    example: 'valid:2031-05-20',
  },
  regrading: {
    names: words('残疾等级重新评定', 'grade being assessed again'),
    form: words('open（评定中），空为已结束', '"open", empty when it is over'),
    example: 'open',
  },
  'work-injury-care': {
    names: words('领取工伤生活护理费', 'receives care allowance for a work injury'),
    form: YES,
    example: 'yes',
  },
  'service-disability': {
    names: words('残疾军人证、伤残人民警察证', 'card for those disabled in service'),
    form: words('“等级:military|police”，空为无', '`<grade>:<military|police>`, empty for none'),
    example: '3:military',
  },
  'disability-hardship': {
    names: words('一户多残、依老养残', 'several disabled in one family, cared for by the elderly'),
    form: words(
      'several-disabled、cared-for-by-elderly，多项按字母序用分号相连，空为没有',
      'several-disabled, cared-for-by-elderly, sorted and joined by ";", empty for none',
    ),
    example: 'several-disabled',
  },
  'registration-kind': {
    names: words('户籍性质', 'urban or rural registration'),
    form: words('urban（城镇）或 rural（农村）', 'urban or rural'),
    example: 'rural',
  },
  'death-cause': {
    names: words('死亡原因', 'cause of death'),
    form: words('illness（病故）、old-injury（旧伤复发）、other（其他）', 'illness, old-injury or other'),
    example: 'illness',
  },
  'federation-review': {
    names: words('残联审核', "review by the disabled persons' federation"),
    form: words('“日期/文号”', '`<date>/<number>`'),
    example: '2026-03-18/示例残联〔2026〕3号',
  },
  'income-report': {
    names: words('收入核对报告日期', 'date of the report on the income'),
    form: DATE,
    example: '2026-03-10',
  },
  reapplication: {
    names: words('重新申请日期', 'date of a new application'),
    form: DATE,
    example: '2026-09-01',
  },
  'preferential-class': {
    names: words('优抚对象类别', 'class of a recipient of preferential treatment'),
    form: words(
      '政策库中的类别，按服役年限的写“类别:年数”，空为无',
      'a class of the policy, `<class>:<years>` where years of service count, empty for none',
    ),
    example: 'retired-rural:6',
  },
} satisfies Partial<Record<FactKind, FactDescription>>;
