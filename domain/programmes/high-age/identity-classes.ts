/** Identity classes (人员类别) that an amount may depend on: 特困, 低保, 低保边缘, 其他. Apart from the schemas, which runs do not carry. */
export const IDENTITY_CLASSES = ['tekun', 'dibao', 'marginal', 'none'] as const;
export type IdentityClass = (typeof IDENTITY_CLASSES)[number];
