import { addMonths, type Month } from '../../../domain/calendar.ts';
import type { PeopleMaker, SamplePerson } from './people.ts';
import { type DeathCells, type RegisterCells, registerCells } from './sheets.ts';

/** A row that is not taken. `columns` are the headings that its reason names, one for every fault. */
export type BadRow<Cells> = {
  readonly what: string;
  readonly cells: Cells;
  readonly columns: readonly string[];
};

/**
 * Rows with the mistakes that registers really have, each of somebody who is not in the register otherwise, so that a row
 * taken by mistake would be an enrolment too many.
 */
export function badRegisterRows(maker: PeopleMaker, month: Month): BadRow<RegisterCells>[] {
  const bad = (
    what: string,
    columns: readonly string[],
    change: (cells: RegisterCells) => RegisterCells,
  ): BadRow<RegisterCells> => {
    const cells = registerCells(maker.person({ payee: 'self' }));
    return { what, columns, cells: { ...cells, ...change(cells) } };
  };
  return [
    bad('wrong check digit', ['身份证号'], ({ idNumber = '' }) => ({
      idNumber: withOtherCheckDigit(idNumber),
    })),
    bad('identity number of fifteen digits', ['身份证号'], ({ idNumber = '' }) => ({
      idNumber: `${idNumber.slice(0, 6)}${idNumber.slice(8, 17)}`,
    })),
    bad('identity number stored as a number', ['身份证号'], ({ idNumber = '' }) => ({
      idNumber: `${idNumber.charAt(0)}.${idNumber.slice(1, 6)}E+17`,
    })),
    bad('birth date that does not exist', ['身份证号'], ({ idNumber = '' }) => ({
      idNumber: `${idNumber.slice(0, 10)}0230${idNumber.slice(14)}`,
    })),
    bad('no account', ['收款账号'], () => ({ account: '' })),
    bad('account in full-width digits', ['收款账号'], ({ account = '' }) => ({
      account: fullWidth(account),
    })),
    bad('account stored as a number', ['收款账号'], ({ account = '' }) => ({
      account: `${account.charAt(0)}.${account.slice(1, 6)}E+18`,
    })),
    bad('date that does not exist', ['申请日期'], () => ({ appliedOn: `${month.slice(0, 4)}-02-30` })),
    bad('date in full-width digits', ['申请日期'], ({ appliedOn = '' }) => ({
      appliedOn: fullWidth(appliedOn),
    })),
    bad('unknown class', ['人员类别'], () => ({ identityClass: '一般' })),
    bad('street of another district', ['街道代码'], () => ({ street: '110198001' })),
    bad('lost character in the name', ['姓名'], ({ name = '' }) => ({ name: `${name.slice(0, 1)}?` })),
    bad('payee without identity number', ['收款人身份证号'], () => ({ payeeName: maker.relative().name })),
    bad('two mistakes at once', ['手机号', '停发月份'], () => ({
      phone: '12345',
      stopMonth: `${Number(month.slice(5))}月`,
    })),
  ];
}

/** The row of somebody who is in the sheet already, saying something else: the later of the two is not taken. */
export function contradictingRow(person: SamplePerson, otherStreet: string): BadRow<RegisterCells> {
  return {
    what: 'same person twice with other content',
    columns: ['身份证号'],
    cells: { ...registerCells(person), street: otherStreet },
  };
}

export function badDeathRows(
  known: SamplePerson,
  stranger: SamplePerson,
  month: Month,
): BadRow<DeathCells>[] {
  const died = { diedOn: `${addMonths(month, -1)}-02`, kind: '比对', list: '死亡信息比对名单' };
  return [
    {
      what: 'death under another name',
      columns: ['姓名'],
      cells: { ...died, idNumber: known.idNumber, name: stranger.name },
    },
    {
      what: 'date of death that does not exist',
      columns: ['死亡日期'],
      cells: {
        ...died,
        idNumber: stranger.idNumber,
        name: stranger.name,
        diedOn: `${addMonths(month, -1)}-32`,
      },
    },
  ];
}

/** The same number with a check digit that does not fit. */
function withOtherCheckDigit(idNumber: string): string {
  return `${idNumber.slice(0, 17)}${idNumber.endsWith('3') ? '4' : '3'}`;
}

/** Digits and hyphens as an input method writes them in full width. */
function fullWidth(text: string): string {
  return text.replace(/[0-9-]/g, (character) =>
    String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0),
  );
}
