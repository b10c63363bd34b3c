import type { Bilingual } from '../../bilingual.ts';
import { DETERMINED_STEPS, DETERMINED_WORDS } from '../determined.ts';

/**
 * Sentences of the derivation. Steps are stored in clear and name persons by their opaque keys only: never a name, a birth
 * date or an illness by its name.
 */
const PROPOSAL_STEPS = {
  members: {
    zh: '家庭成员{result}人（{residence}，不计入{excluded}人），其中保障对象{covered}人',
    en: '{result} members ({residence}, {excluded} not counted), {covered} of them covered',
  },
  standard: {
    zh: '{month}：{residence}低保标准每人每月{result}元',
    en: '{month}: {residence} standard {result} yuan per person and month',
  },
  earnings: {
    zh: '成员{person}劳动收入{earned}元，计入{result}元',
    en: 'member {person} earns {earned} yuan, {result} count',
  },
  'job-reward': {
    zh: '成员{person}{employment}，收入{earned}元，扣减标准{standard}元的{percent}%（就业奖励），计入{result}元',
    en: 'member {person}, {employment}, earns {earned} yuan; less {percent}% of the standard {standard} (job reward), {result} count',
  },
  'job-reward-band': {
    zh: '成员{person}灵活就业，收入{earned}元，在标准{standard}元的{bandFrom}%至{fullFrom}%之间，按{bandFrom}%计入{result}元',
    en: 'member {person}, flexible work, earns {earned} yuan, between {bandFrom}% and {fullFrom}% of the standard {standard}: counted as {result}',
  },
  'job-reward-below': {
    zh: '成员{person}灵活就业，收入{earned}元，低于标准{standard}元的{bandFrom}%，据实计入{result}元（{fullFrom}%以上方可扣减）',
    en: 'member {person}, flexible work, earns {earned} yuan, below {bandFrom}% of the standard {standard}: {result} count (reward only from {fullFrom}%)',
  },
  'income-not-counted': {
    zh: '{kind}每月{result}元，不计入家庭收入',
    en: '{kind}: {result} yuan a month does not count as income',
  },
  'maintenance-parent': {
    zh: '赡养费：（义务人家庭月收入{income}元 − 标准的{multiple}倍×{persons}人）×{percent}% ÷ {supported}个家庭 = {result}元',
    en: 'maintenance of parents: (family income {income} − {multiple} × standard × {persons}) × {percent}% ÷ {supported} families = {result}',
  },
  'maintenance-child': {
    zh: '抚养费：义务人月收入{income}元，一孩{onePercent}%，多孩合计不超过{severalPercent}%，共{supported}人，计{result}元',
    en: 'maintenance of a child: income {income}, {onePercent}% for one, up to {severalPercent}% for several, {supported} in all: {result}',
  },
  'maintenance-exempt': {
    zh: '{duty}：义务人家庭属{exempt}，计{result}元',
    en: '{duty}: the obligor’s family is on {exempt}: {result}',
  },
  income: {
    zh: '家庭月收入：劳动{earnings} + 其他{other} + 赡养抚养{maintenance} = {result}元',
    en: 'monthly income: earnings {earnings} + other {other} + maintenance {maintenance} = {result}',
  },
  'spending-deducted': {
    zh: '家庭月收入{income}元，扣减必要支出{spent}元后为{result}元',
    en: 'monthly income {income} less necessary spending {spent} is {result}',
  },
  'income-deduction': {
    zh: '收入核减（{reason}）：{income}元减标准的{percent}%，为{result}元',
    en: 'income deduction ({reason}): {income} less {percent}% of the standard is {result}',
  },
  'per-capita': {
    zh: '家庭月人均收入：{income}元 ÷ {persons}人 = {result}元',
    en: 'per-capita monthly income: {income} ÷ {persons} = {result}',
  },
  'nobody-covered': {
    zh: '没有保障对象（月人均收入{perCapita}元，标准{standard}元），应发{result}元',
    en: 'nobody is covered (per-capita income {perCapita}, standard {standard}): {result}',
  },
  'not-below-standard': {
    zh: '月人均收入{perCapita}元，不低于标准{standard}元，应发{result}元',
    en: 'per-capita income {perCapita} is not below the standard {standard}: {result}',
  },
  'below-standard': {
    zh: '月人均收入{perCapita}元，低于标准{standard}元',
    en: 'per-capita income {perCapita} is below the standard {standard}',
  },
  'full-standard': {
    zh: '成员{person}（{group}）全额享受{result}元（家庭收入分摊：{split}）',
    en: 'member {person} ({group}) gets the full standard {result} (household income: {split})',
  },
  'base-per-capita': {
    zh: '差额：（标准{standard}元 − 月收入{income}元 ÷ {persons}人）× 保障对象{covered}人（全额{full}人）= {result}元',
    en: 'difference: (standard {standard} − income {income} ÷ {persons}) × {covered} covered ({full} in full) = {result}',
  },
  'base-household-total': {
    zh: '差额：标准{standard}元 × 保障对象{covered}人 − 家庭月收入{income}元（{persons}人，全额{full}人）= {result}元',
    en: 'difference: standard {standard} × {covered} covered − income {income} ({persons} persons, {full} in full) = {result}',
  },
  'base-rounded': {
    zh: '{exact}元，{level}进位（{rule}至{unit}）：{result}元',
    en: '{exact} rounded per {level} ({rule} to {unit}): {result}',
  },
  'share-rounded': {
    zh: '成员{person}应得{exact}元，{level}进位（{rule}至{unit}）：{result}元',
    en: 'member {person}: {exact} rounded per {level} ({rule} to {unit}): {result}',
  },
  'minimum-payment': {
    zh: '{base}元低于最低发放额，按{result}元',
    en: '{base} is below the minimum payment: {result}',
  },
  'top-up-percent': {
    zh: '成员{person}（{group}）增发{standard}元的{percent}%：{result}元（多项时：{overlap}）',
    en: 'member {person} ({group}): top-up {percent}% of {standard} = {result} (of several: {overlap})',
  },
  'top-up-flat': {
    zh: '成员{person}（{group}，{residence}）分类施保{result}元（多项时：{overlap}）',
    en: 'member {person} ({group}, {residence}): top-up {result} (of several: {overlap})',
  },
  'top-up-rounded': {
    zh: '分类施保{persons}人合计{exact}元，进位（{order}，{rule}至{unit}）：{result}元',
    en: 'top-ups of {persons}: {exact}, rounded ({order}, {rule} to {unit}): {result}',
  },
  'single-person-none': {
    zh: '不符合单人保（保障对象{covered}人，家庭认定为边缘：{recognised}），应发{result}元',
    en: 'no single-person protection ({covered} covered, family recognised as low-income: {recognised}): {result}',
  },
  'single-person-flat': {
    zh: '{month}：单人保，成员{person}（{group}，{residence}）每月{result}元',
    en: '{month}: single-person protection, member {person} ({group}, {residence}): {result}',
  },
  'single-person-percent': {
    zh: '{month}：单人保，成员{person}（{group}）按标准{standard}元的{percent}%（{rule}至{unit}）：{result}元',
    en: '{month}: single-person protection, member {person} ({group}), {percent}% of {standard} ({rule} to {unit}): {result}',
  },
} as const satisfies Record<string, Bilingual>;

const SCHEDULE_STEPS = {
  'taper-start': {
    zh: '{declared}申报就业，{start}起渐退{months}个月：自{result}起',
    en: 'employment declared in {declared}; taper of {months} months from the {start}: {result}',
  },
  'taper-percent': {
    zh: '渐退：{component}原{former}元，按{percent}%发{result}元',
    en: 'taper: {component}, {former} before, {percent}% is {result}',
  },
  'taper-frozen': {
    zh: '渐退：基本金冻结为{former}元，不超过标准{standard}元×{persons}人（{cap}元）：{result}元',
    en: 'taper: base frozen at {former}, at most {standard} × {persons} = {cap}: {result}',
  },
  'taper-ended': {
    zh: '渐退期满，自{since}起应发{result}元',
    en: 'the taper is over, from {since}: {result}',
  },
} as const satisfies Record<string, Bilingual>;

const MARGINAL_STEPS = {
  'marginal-line': {
    zh: '{month}：低保边缘线为标准{standard}元的{multiple}倍：{result}元',
    en: '{month}: the low-income line is {multiple} × the standard {standard}: {result}',
  },
  'marginal-line-amount': {
    zh: '{month}：低保边缘线{result}元',
    en: '{month}: the low-income line is {result}',
  },
} as const satisfies Record<string, Bilingual>;

export const DIBAO_STEPS = { ...PROPOSAL_STEPS, ...SCHEDULE_STEPS, ...MARGINAL_STEPS, ...DETERMINED_STEPS };
export type DibaoStepCode = keyof typeof DIBAO_STEPS;

/** Words for options, groups and kinds that appear in steps. */
export const DIBAO_WORDS: Readonly<Record<string, Bilingual>> = {
  ...DETERMINED_WORDS,
  urban: { zh: '城镇', en: 'urban' },
  rural: { zh: '农村', en: 'rural' },
  base: { zh: '低保金', en: 'base' },
  'top-up': { zh: '分类施保（增发）', en: 'top-ups' },
  employed: { zh: '在职就业', en: 'employed' },
  flexible: { zh: '灵活就业', en: 'flexible work' },
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  'serious-illness': { zh: '重病', en: 'seriously ill' },
  'severe-disability': { zh: '重度残疾', en: 'severely disabled' },
  'pension-age': { zh: '达到退休年龄', en: 'of pension age' },
  'reduced-work-capacity': { zh: '丧失大部分劳动能力', en: 'hardly able to work' },
  disability: { zh: '残疾', en: 'disabled' },
  elderly: { zh: '老年人', en: 'elderly' },
  minor: { zh: '未成年人', en: 'minor' },
  student: { zh: '在读学生', en: 'student' },
  'traditional-relief': { zh: '传统救济对象', en: 'traditional relief' },
  'preferential-lone': { zh: '优抚孤老烈属', en: 'lone bereaved of martyrs' },
  'three-nos': { zh: '三无人员', en: 'without means, capacity or support' },
  'returned-overseas': { zh: '归侨', en: 'returned from overseas' },
  veteran: { zh: '退役军人', en: 'veteran' },
  'living-alone': { zh: '独居', en: 'living alone' },
  'lone-parent': { zh: '单亲家庭', en: 'lone parent' },
  'only-child-lost': { zh: '计划生育特殊家庭', en: 'lost the only child' },
  'local-special': { zh: '当地规定的其他人员', en: 'other local group' },
  'serious-illness-or-severe-disability': {
    zh: '家庭中有重病或重度残疾人员',
    en: 'somebody seriously ill or severely disabled',
  },
  'severe-member-with-elderly-supporter': {
    zh: '家庭中有重病或重度残疾人员，且法定义务人为老年人',
    en: 'somebody seriously ill or severely disabled, with an elderly supporter',
  },
  operating: { zh: '经营净收入', en: 'net business income' },
  property: { zh: '财产净收入', en: 'income from property' },
  pension: { zh: '养老金', en: 'pension' },
  'basic-pension': { zh: '城乡居民基础养老金', en: 'basic pension' },
  'maintenance-received': { zh: '赡养抚养费', en: 'maintenance received' },
  transfer: { zh: '其他转移收入', en: 'other transfers' },
  other: { zh: '其他收入', en: 'other income' },
  'preferential-allowance': { zh: '优待抚恤金', en: 'preferential allowance' },
  'disability-subsidy': { zh: '残疾人两项补贴', en: 'disability subsidies' },
  'high-age-allowance': { zh: '高龄津贴', en: 'high-age allowance' },
  'child-allowance': { zh: '孤儿、困境儿童费', en: 'allowance for children in need' },
  'family-planning-reward': { zh: '计划生育奖励扶助金', en: 'family planning reward' },
  scholarship: { zh: '奖学金、助学金', en: 'scholarship' },
  'bravery-award': { zh: '见义勇为奖金', en: 'award for bravery' },
  'government-relief': { zh: '政府救助款物', en: 'government relief' },
  'parent-support': { zh: '赡养费', en: 'maintenance of parents' },
  'child-support': { zh: '抚养费', en: 'maintenance of a child' },
  dibao: { zh: '低保', en: 'minimum living allowance (dibao)' },
  tekun: { zh: '特困', en: 'destitute (tekun)' },
  'low-income': { zh: '低收入', en: 'low income' },
  'share-of-all': { zh: '全家人均分摊', en: 'shared by all' },
  'carried-by-others': { zh: '由其他成员承担', en: 'carried by the others' },
  household: { zh: '按户', en: 'household' },
  member: { zh: '按人', en: 'member' },
  'each-person': { zh: '逐人', en: 'for each person' },
  'with-base': { zh: '与低保金合计', en: 'together with the base' },
  'half-up': { zh: '四舍五入', en: 'half up' },
  'half-even': { zh: '四舍六入五成双', en: 'half to even' },
  up: { zh: '进一', en: 'up' },
  down: { zh: '舍去', en: 'down' },
  fen: { zh: '分', en: 'fen' },
  jiao: { zh: '角', en: 'jiao' },
  yuan: { zh: '元', en: 'yuan' },
  highest: { zh: '就高', en: 'the highest' },
  'first-listed': { zh: '按类别先后', en: 'the first listed' },
  'approval-month': { zh: '批准当月', en: 'month of approval' },
  'application-month': { zh: '申请当月', en: 'month of application' },
  'decision-month': { zh: '决定当月', en: 'month of the decision' },
  'same-month': { zh: '当月', en: 'same month' },
  'next-month': { zh: '次月', en: 'next month' },
};
