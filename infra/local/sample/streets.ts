/** The streets of 示例区 (110199): a district that does not exist, with codes that nobody was given. */
export const SAMPLE_JURISDICTION = '110199';

export type SampleStreet = {
  readonly code: string;
  readonly name: string;
  /** Share of the district's people, in arbitrary units. */
  readonly weight: number;
  readonly bank: string;
};

export const SAMPLE_STREETS: readonly SampleStreet[] = [
  street('001', '永宁街道', 20, '示例银行永宁支行'),
  street('002', '安平街道', 18, '示例银行安平支行'),
  street('003', '和顺街道', 16, '示例农商银行和顺支行'),
  street('004', '广福街道', 13, '示例农商银行广福支行'),
  street('005', '青槐街道', 12, '示例银行青槐支行'),
  street('006', '柳河镇', 9, '示例农商银行柳河支行'),
  street('007', '石桥镇', 7, '示例农商银行石桥支行'),
  street('008', '云台乡', 5, '示例农商银行云台分理处'),
];

function street(code: string, name: string, weight: number, bank: string): SampleStreet {
  return { code: `${SAMPLE_JURISDICTION}${code}`, name, weight, bank };
}
