import type { Connector } from '../../src/channel/connector.js';
import { checkFolder, prepareFolder } from './check.js';
import { guide } from './guide.js';
import { localFolder } from './local-folder.js';
import { type FileShopSettings, settingsSchema } from './settings.js';
import { sftpFolder } from './sftp-folder.js';
import { fileSink, foldersOf } from './sink.js';

/** A shop or an ERP without an API: orders go to it as files in a folder, here or on an SFTP server, and its answers are read there. */
export const fileShop: Connector<FileShopSettings> = {
  id: 'file-shop',
  title: 'Shop by files',
  settingsSchema,
  guide,
  open(settings, host) {
    const { folder, sftp } = settings;
    const lend = sftp === undefined ? localFolder(folder) : sftpFolder(folder, sftp, host.signal);
    return {
      check: () => checkFolder(lend, foldersOf(settings)),
      sink: fileSink(lend, settings),
      actions: { 'prepare-folder': prepareFolder(lend, foldersOf(settings)) },
    };
  },
};
