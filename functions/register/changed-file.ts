import { type Refusal, refusal } from '../../domain/result.ts';
import type { ImportRequested } from '../../events/imports.ts';
import type { ImportServices } from './import-services.ts';

/** The file is not the one whose import began: what is recorded stays, the rest is not guessed at. */
export async function refuseChangedFile(services: ImportServices, request: ImportRequested): Promise<void> {
  await services.imports.refuse(request.importId, fileChanged(), services.clock.now());
  await services.imports.markFinished(request);
}

function fileChanged(): Refusal {
  return refusal(
    'conflict/file-changed',
    '导入期间文件被替换或删除：已导入的行保留，请重新上传并再次导入',
    'the file was replaced or deleted while it was imported: rows already taken stay; upload it and import it again',
  );
}
