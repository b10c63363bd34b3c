import { maskName } from '../../domain/mask.ts';
import { type Fen, toYuan } from '../../domain/money.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';
import { SHEET_STYLE } from './approval-sheet.ts';
import { escapeHtml as text } from './escape-html.ts';
import { programmeNames, roundName } from './views/run-view.ts';

export type NoticeRow = { readonly name: string; readonly fen: Fen };
export type Notice = {
  readonly manifest: Pick<RunManifest, 'programme' | 'period' | 'round'>;
  readonly street: { readonly code: string; readonly name: string };
  /** In the order shown; names as they are, masked here. */
  readonly rows: readonly NoticeRow[];
};

/**
 * 公示名单: who gets what in a street, for a notice board. Masked names and amounts, and nothing by which a stranger could find
 * somebody: no number, no account, no birth date, no address.
 */
export function noticeList({ manifest, street, rows }: Notice): string {
  const { zh, en } = programmeNames(manifest.programme);
  const lines = rows.map(
    ({ name, fen }, index) =>
      `<tr><td>${index + 1}</td><td>${text(maskName(name))}</td><td>${text(street.name)}</td><td>${toYuan(fen)}</td></tr>`,
  );
  const heading = [
    '序号 <span class="en">No.</span>',
    '姓名 <span class="en">Name</span>',
    '街道 <span class="en">Street</span>',
    '金额（元） <span class="en">Yuan</span>',
  ];
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${text(zh)}发放公示名单 ${text(manifest.period)}</title><style>${SHEET_STYLE}</style></head>
<body><h1>${text(zh)}发放公示名单</h1>
<p>${text(street.name)}　${text(manifest.period)}　${text(roundName(manifest.round))}　共 ${rows.length} 笔<br><span class="en">${text(en)}: notice list of one street, ${rows.length} payments</span></p>
<table><thead><tr>${heading.map((cell) => `<th scope="col">${cell}</th>`).join('')}</tr></thead>${lines.join('')}</table>
<p class="box">公示时间：　　　　年　　月　　日至　　　　年　　月　　日　　监督电话：　　　　　　　　<br>对名单有异议的，请在公示期内向街道或区民政局反映。 <span class="en">Whoever objects tells the street or the bureau before the notice ends.</span></p>
</body></html>`;
}
