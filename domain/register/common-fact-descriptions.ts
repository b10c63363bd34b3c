import type { Bilingual } from '../bilingual.ts';
import type { FactKind } from './facts.ts';

/** What a kind of fact is called, how its value is written, and a value that is one. */
export type FactDescription = {
  readonly names: Bilingual;
  /** How the value is written; what an empty value says, where it may be empty. */
  readonly form: Bilingual;
  readonly example: string;
};

export const DATE: Bilingual = { zh: '日期 YYYY-MM-DD', en: 'a date YYYY-MM-DD' };
export const YES: Bilingual = { zh: '“yes”，空为否', en: '"yes", empty for no' };
const AMOUNTS: Bilingual = {
  zh: '“类别:元:month|year”，多项按字母序用分号相连，空为没有',
  en: '`<kind>:<yuan>:<month|year>`, several sorted and joined by ";", empty for none',
};

/** A text in both languages. */
export const words = (zh: string, en: string): Bilingual => ({ zh, en });

/** The kinds that most programmes read, in words. */
export const COMMON_FACT_DESCRIPTIONS = {
  // Of a person.
  'birth-date': { names: words('出生日期', 'date of birth'), form: DATE, example: '1946-03-05' },
  'death-certified': {
    names: words('死亡日期（认证）', 'date of death, certified'),
    form: words('日期，空为撤销', 'a date, empty when withdrawn'),
    example: '2026-05-20',
  },
  'death-reported': {
    names: words('死亡日期（比对）', 'date of death, reported by a list'),
    form: DATE,
    example: '2026-05-20',
  },
  'identity-class': {
    names: words('人员类别', 'identity class'),
    form: words(
      'tekun（特困）、dibao（低保）、marginal（低保边缘）、none（其他）',
      'tekun, dibao, marginal or none',
    ),
    example: 'dibao',
  },
  'household-registration': {
    names: words('户籍', 'household registration'),
    form: words(
      '“in”或迁往地区划代码（6、9或12位）',
      '"in", or the code of the place moved to (6, 9 or 12 digits)',
    ),
    example: 'in',
  },
  custody: {
    names: words('服刑或强制隔离戒毒', 'custody'),
    form: words(
      'custody（服刑）、compulsory-rehabilitation（强制隔离戒毒）、released（解除）',
      'custody, compulsory-rehabilitation or released',
    ),
    example: 'custody',
  },
  missing: {
    names: words('失踪', 'missing'),
    form: words('missing（失踪）或 found（找到）', 'missing or found'),
    example: 'missing',
  },
  clergy: {
    names: words('宗教教职人员', 'clergy'),
    form: words('clergy（连续三年以上的宗教教职人员）或 left', 'clergy (for three years and more) or left'),
    example: 'clergy',
  },
  household: {
    names: words('所在家庭', 'household'),
    form: words(
      '“家庭编号:与户主关系:covered|uncovered”，空为不属任何家庭',
      '`<household>:<relation>:<covered|uncovered>`, empty for a member of none',
    ),
    example: 'H0000000000A:child:covered',
  },
  disability: {
    names: words('残疾等级和类别', 'grade and kind of disability'),
    form: words('“等级:类别”，空为无残疾', '`<grade>:<kind>`, empty for none'),
    example: '1:limb',
  },
  'serious-illness': { names: words('重病', 'serious illness'), form: YES, example: 'yes' },
  student: {
    names: words('全日制在读阶段', 'full-time study'),
    form: words(
      'preschool、compulsory、senior-secondary、vocational、undergraduate、postgraduate，空为不在读',
      'preschool, compulsory, senior-secondary, vocational, undergraduate or postgraduate, empty for none',
    ),
    example: 'compulsory',
  },
  'pension-age': {
    names: words('达到法定退休年龄', 'of pension age'),
    form: YES,
    example: 'yes',
  },
  'reduced-work-capacity': {
    names: words('丧失大部分劳动能力', 'reduced capacity for work'),
    form: YES,
    example: 'yes',
  },
  employment: {
    names: words('就业状况', 'employment'),
    form: words(
      '“employed:月工资”“flexible:月收入”或“none”',
      '`employed:<yuan a month>`, `flexible:<yuan a month>` or "none"',
    ),
    example: 'employed:2800.00',
  },
  incomes: {
    names: words('工作以外的收入', 'incomes beside work'),
    form: AMOUNTS,
    example: 'pension:1200.00:month',
  },
  'special-groups': {
    names: words('特殊人员类别', 'special groups'),
    form: words('类别，多项用分号相连', 'groups joined by ";"'),
    example: 'lone-parent;veteran',
  },
  'organisation-status': {
    names: words('组织登记状态', 'status of an organisation'),
    form: words(
      'normal、abnormal、seriously-unlawful、cancelled',
      'normal, abnormal, seriously-unlawful or cancelled',
    ),
    example: 'normal',
  },
  'self-care': {
    names: words('生活自理能力', 'self-care'),
    form: words('full（全自理）、half（半护理）、none（全护理）', 'full, half or none'),
    example: 'half',
  },
  'ability-assessment': {
    names: words('能力评估', 'assessment of ability'),
    form: words(
      '“adl:”加不能完成的活动，逗号相连（eating吃饭、dressing穿衣、transfer上下床、toilet如厕、walking室内行走、bathing洗澡），或“level:”加等级（intact、light、moderate、severe）',
      '`adl:` and the activities not managed, joined by "," (eating, dressing, transfer, toilet, walking, bathing), or `level:` and intact, light, moderate or severe',
    ),
    example: 'adl:bathing,dressing',
  },
  'funeral-done': {
    names: words('丧葬办理完毕日期', 'day on which the funeral was done'),
    form: words('日期，空为撤销', 'a date, empty when withdrawn'),
    example: '2026-05-24',
  },
  // Of a household.
  residence: {
    names: words('城乡类别', 'urban or rural'),
    form: words('urban（城镇）或 rural（农村）', 'urban or rural'),
    example: 'urban',
  },
  'application-kind': {
    names: words('申请类别', 'kind of application'),
    form: words(
      'household（整户）、single-person（单人）、single-person:marginal（边缘家庭单人）、rigid-expenditure（刚性支出）',
      'household, single-person, single-person:marginal or rigid-expenditure',
    ),
    example: 'household',
  },
  'household-incomes': {
    names: words('家庭整体收入', 'incomes of the household'),
    form: AMOUNTS,
    example: 'operating:12000.00:year',
  },
  obligors: {
    names: words('赡养、抚养义务人', 'those who must maintain a member'),
    form: words(
      '“义务:家庭月收入:人口:应赡养家庭数[:免除原因]”，多人用分号相连，空为没有',
      '`<duty>:<monthly income>:<persons>:<supported>[:<exempt>]`, several joined by ";", empty for none',
    ),
    example: 'parent-support:6000.00:3:2',
  },
  spending: {
    names: words('刚性支出和就业成本', 'spending that counts'),
    form: AMOUNTS,
    example: 'medical:6000.00:year',
  },
  certificate: {
    names: words('低保证号', 'number of the certificate'),
    form: words('不超过40个字', 'at most 40 characters'),
    example: 'DB110199000001',
  },
  // Of an enrolment.
  application: { names: words('申请日期', 'date of application'), form: DATE, example: '2026-03-05' },
  street: {
    names: words('街道代码', 'street'),
    form: words('9位代码', 'a code of nine digits'),
    example: '110199001',
  },
  community: {
    names: words('社区代码', 'community'),
    form: words('12位代码', 'a code of twelve digits'),
    example: '110199001001',
  },
  acceptance: { names: words('受理日期', 'date of acceptance'), form: DATE, example: '2026-03-06' },
  'check-report': {
    names: words('核对报告编号', 'number of the check report'),
    form: words('不超过60个字', 'at most 60 characters'),
    example: 'HD-2026-0001',
  },
  publicity: {
    names: words('公示期', 'publicity'),
    form: words('“起/止”两个日期', '`<first day>/<last day>`'),
    example: '2026-03-10/2026-03-16',
  },
  'publicity-objection': {
    names: words('公示异议', 'objection from the publicity'),
    form: words('“序号/步骤/文字”', '`<number>/<step>/<words>`'),
    example: '1/open/收入与申报不符',
  },
  decision: {
    names: words('审核确认', 'decision'),
    form: words('“日期/文号”', '`<date>/<number>`'),
    example: '2026-03-20/示例〔2026〕1号',
  },
  'review-class': {
    names: words('复核类别', 'class of review'),
    form: words('政策库中的代码', 'a code of the policy'),
    example: 'stable',
  },
  review: { names: words('复核日期', 'date of a review'), form: DATE, example: '2026-09-01' },
  'next-review': { names: words('下次复核日期', 'next review due by'), form: DATE, example: '2027-09-01' },
  stop: {
    names: words('停发', 'stop'),
    form: words('最后一个应发月份 YYYY-MM，空为恢复', 'the last month due YYYY-MM, empty to resume'),
    example: '2026-05',
  },
  'paid-elsewhere': {
    names: words('迁入续发', 'paid elsewhere'),
    form: words(
      '迁出地发放的最后一个月份 YYYY-MM',
      'the last month YYYY-MM that the district moved from pays',
    ),
    example: '2026-05',
  },
  'service-hours': {
    names: words('服务时数', 'hours of service'),
    form: words('“已完成/应完成”', '`<delivered>/<due>`'),
    example: '130/120',
  },
} as const satisfies Partial<Record<FactKind, FactDescription>>;
