import { type Refusal, refusal } from '../../../domain/result.ts';

/** Stops the reading of a file that is refused; carries the refusal out of streams and generators. */
export class RefusedFile extends Error {
  override readonly name = 'RefusedFile';
  readonly refusal: Refusal;
  constructor(reason: Refusal) {
    super(reason.code);
    this.refusal = reason;
  }
}

/** A workbook that breaks the rules of its format. What exactly is for developers: it is in the detail, in English. */
export function malformed(what: string): RefusedFile {
  return new RefusedFile(
    refusal(
      'invalid/workbook',
      '文件已损坏或不是规范的 Excel 工作簿：请在表格软件中打开，另存为 .xlsx 后重新上传',
      'the file is damaged or not a regular Excel workbook: open it in a spreadsheet program, save it as .xlsx and upload it again',
      { what },
    ),
  );
}

/** A part of the file is larger than is read. `what` in both languages, with the measure. */
export function tooLarge(zh: string, en: string): RefusedFile {
  return new RefusedFile(
    refusal(
      'limit/workbook',
      `文件内容过大（${zh}）：请删除多余的行、列和工作表，或按街道拆分成几个文件后重新上传`,
      `there is too much in the file (${en}): delete rows, columns and sheets that are not needed, or split it by street, and upload it again`,
    ),
  );
}

export function otherFormat(zh: string, en: string): RefusedFile {
  return new RefusedFile(
    refusal(
      'invalid/file-format',
      `这是${zh}，不能导入：请在表格软件中另存为 .xlsx 工作簿后重新上传`,
      `this is ${en} and cannot be imported: save it as an .xlsx workbook in a spreadsheet program and upload it again`,
    ),
  );
}

export function withMacros(): RefusedFile {
  return new RefusedFile(
    refusal(
      'forbidden/macros',
      '工作簿带有宏程序，不能导入：请另存为不含宏的 .xlsx 工作簿后重新上传',
      'the workbook has macros and is not opened: save it as an .xlsx workbook without macros and upload it again',
    ),
  );
}

export function encrypted(): RefusedFile {
  return new RefusedFile(
    refusal(
      'forbidden/encrypted',
      '工作簿设有打开密码，不能读取：请在表格软件中取消密码，另存后重新上传',
      'the workbook is protected with a password: remove the password in a spreadsheet program, save it and upload it again',
    ),
  );
}
