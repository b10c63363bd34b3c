import { MIDDLE_DOT, unifyDots } from './person-name.ts';

/**
 * Masks (脱敏) for lists, screens and exceptions: enough to recognise a person one already knows, not enough to find one.
 * Text of an unexpected shape is hidden altogether.
 */

const COMPOUND_SURNAMES = new Set(
  '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 令狐 百里 呼延 东郭 南门 西门 拓跋'.split(
    ' ',
  ),
);
const HIDDEN = '***';

/**
 * 张三 → 张*, 欧阳娜娜 → 欧阳**, 阿依古丽·麦麦提 → 阿依古丽·***, "John Smith" → "John ***". A name of one character, or one
 * in letters without a space, shows its first letter at most.
 */
export function maskName(name: string): string {
  const text = unifyDots(name.normalize('NFC')).trim();
  for (const divider of [MIDDLE_DOT, ' ']) {
    const at = text.indexOf(divider);
    if (at !== -1) return `${text.slice(0, at)}${divider}${HIDDEN}`;
  }
  const characters = Array.from(text);
  if (characters.length <= 1) return '*';
  if (/^\p{Script=Latin}/u.test(text)) return `${characters[0]}${HIDDEN}`;
  const surname = characters.slice(0, 2).join('');
  const shown = characters.length > 2 && COMPOUND_SURNAMES.has(surname) ? 2 : 1;
  return characters.slice(0, shown).join('') + '*'.repeat(characters.length - shown);
}

/** 330203194603050012 → 330203********0012; anything but 18 characters is hidden. */
export function maskId(number: string): string {
  return /^[0-9]{17}[0-9Xx]$/.test(number) ? `${number.slice(0, 6)}********${number.slice(14)}` : '******';
}

/** ****0014: the last four digits of an account of at least eight. */
export function maskAccount(account: string): string {
  return /^[0-9]{8,}$/.test(account) ? `****${account.slice(-4)}` : '****';
}

/** 13812345678 → 138****5678; other numbers of at least eight digits show their last four. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/[^0-9]/g, '');
  if (/^1[0-9]{10}$/.test(digits)) return `${digits.slice(0, 3)}****${digits.slice(7)}`;
  return digits.length >= 8 ? `****${digits.slice(-4)}` : '****';
}
