import type { ImprestAct } from '../../domain/imprest/acts.ts';
import { applyImprestAct, type ImprestFund } from '../../domain/imprest/fund.ts';
import { type Fen, fen, toYuan } from '../../domain/money.ts';
import { unreachable } from '../../domain/result.ts';
import { findingsOf } from '../imprest/fund-service.ts';
import { shanghaiDate } from '../shanghai-date.ts';
import { escapeHtml as text } from './escape-html.ts';

/** One line of the cash book: what it was, its number, what came in or went out; acts that move no cash have none. */
type Line = { readonly what: string; readonly number: string; readonly whom?: string; readonly fen: Fen };

function lineOf(
  act: ImprestAct,
  before: ImprestFund | undefined,
  names: ReadonlyMap<string, string>,
): Line | undefined {
  switch (act.kind) {
    case 'opening-confirmed':
      return { what: '期初余额', number: '', fen: before?.broughtIn ?? fen(0) };
    case 'drawn':
      return {
        what: '临时救助现金',
        number: act.receipt,
        whom: names.get(act.payee) ?? '',
        fen: fen(0 - act.fen),
      };
    case 'draw-cancelled':
      return { what: '撤销支取，现金交回', number: before?.draws.get(act.draw)?.receipt ?? '', fen: act.fen };
    case 'received':
      return { what: act.fen > 0 ? '补足到账' : '补足退回', number: '', fen: act.fen };
    case 'return-proposed':
      return { what: '缴回国库', number: act.voucher, fen: fen(0 - act.fen) };
    case 'return-decided': {
      const back = before?.returns[act.number - 1]?.proposed;
      if (act.outcome === 'confirmed' || !back) return undefined;
      return { what: '缴回未确认，退回登记', number: back.voucher, fen: back.fen };
    }
    case 'counted': {
      const differs =
        act.difference === 0 ? '相符' : `不符 ${toYuan(act.difference)} 元：${act.explanation ?? ''}`;
      return {
        what: `${act.month} 盘点，实存 ${toYuan(act.cash)} 元，账实${differs}`,
        number: '',
        fen: fen(0),
      };
    }
    case 'opened':
    case 'streets-changed':
    case 'posted':
    case 'replenishment-proposed':
    case 'replenishment-decided':
    case 'replenishment-recorded':
    case 'return-recorded':
    case 'closed':
      return undefined;
    default:
      return unreachable(act);
  }
}

/** 备用金台账, A4: every movement with the balance after it, as the acts have it. Names are masked. */
export function imprestLedger(
  acts: readonly ImprestAct[],
  {
    today,
    style,
    names,
  }: { readonly today: string; readonly style: string; readonly names: ReadonlyMap<string, string> },
): string {
  let fund: ImprestFund | undefined;
  const rows: string[] = [];
  for (const act of acts) {
    const line = lineOf(act, fund, names);
    fund = applyImprestAct(fund, act);
    if (!line) continue;
    const [incoming, outgoing] = line.fen >= 0 ? [line.fen, 0] : [0, 0 - line.fen];
    const cells = [
      String(rows.length + 1),
      shanghaiDate(act.at),
      line.what,
      line.number,
      line.whom ?? '',
      incoming === 0 ? '' : toYuan(fen(incoming)),
      outgoing === 0 ? '' : toYuan(fen(outgoing)),
      toYuan(fund.balance),
    ];
    rows.push(`<tr>${cells.map((cell) => `<td>${text(cell)}</td>`).join('')}</tr>`);
  }
  const heads = ['序号', '日期', '摘要', '凭证号', '领款人', '收入（元）', '支出（元）', '余额（元）'];
  const findings = (fund ? findingsOf(fund, today) : []).map((finding) =>
    finding.code === 'not-counted'
      ? `${finding.month} 未盘点`
      : `${finding.month} 账实不符 ${toYuan(finding.difference)} 元`,
  );
  const title = `${text(fund?.name ?? '')}台账`;
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title><style>${style}</style></head>
<body><h1>${title}</h1>
<p class="en">Cash book of an imprest fund for temporary aid</p>
<p>${text(fund?.jurisdiction ?? '')}　${text(fund?.fund ?? '')}　${text(today)}　余额 ${toYuan(fund?.balance ?? fen(0))} 元${findings.length > 0 ? `　<strong>${text(findings.join('；'))}</strong>` : ''}</p>
<table><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead>
${rows.join('\n')}
</table>
<p>保管：　　　　　　盘点：　　　　　　监盘：　　　　　　</p>
</body></html>`;
}
