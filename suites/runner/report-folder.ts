import { accessSync, constants, mkdirSync } from 'node:fs';
import { messageOf } from '../../spec/setup-error.ts';
import { settingsError } from '../settings/settings.ts';

/** Makes the folder of the reports. @throws SetupError where nothing can be written there: before anything is judged */
export function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (thrown) {
    const place = `JUSPAY_REPORT_DIR is ${JSON.stringify(folder)}`;
    throw settingsError([`${place}: expected a folder that can be written to (${messageOf(thrown)})`]);
  }
}
